// @ts-check
/** The call that every benchmark makes, and the answer that it must get. */
export const sampleCall = {
  path: '/shop/quote',
  body: JSON.stringify({
    customer: 'c-1042',
    lines: [
      { sku: 'apple', quantity: 3, price: 0.5 },
      { sku: 'pear', quantity: 2, price: 0.75 },
      { sku: 'plum', quantity: 10, price: 0.25 },
    ],
  }),
  answer: { customer: 'c-1042', items: 15, total: 5.5 },
}
