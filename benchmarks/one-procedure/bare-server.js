// @ts-check
// The yardstick: what quote.ts does, written by hand on node:http, with the same schemas.
import { createServer } from 'node:http'

import { z } from 'zod'

const Input = z.object({
  customer: z.string().min(1),
  lines: z.array(
    z.object({ sku: z.string(), quantity: z.number().int().positive(), price: z.number() }),
  ),
})
const Output = z.object({ customer: z.string(), items: z.number().int(), total: z.number() })

const server = createServer((request, response) => {
  if (request.method !== 'POST' || request.url !== '/shop/quote') {
    return answer(response, 404, { code: 'not_found' })
  }
  /** @type {Buffer[]} */
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString()
    let json
    try {
      json = JSON.parse(body)
    } catch {
      return answer(response, 400, { code: 'bad_request' })
    }
    const input = Input.safeParse(json)
    if (!input.success) return answer(response, 400, { code: 'validation_failed' })
    const output = Output.safeParse(quote(input.data))
    if (!output.success) return answer(response, 500, { code: 'internal_error' })
    answer(response, 200, output.data)
  })
})

server.listen(Number(process.env.PORT), '127.0.0.1')
process.once('SIGTERM', () => server.close(() => process.exit(0)).closeAllConnections())

/** @param {z.infer<typeof Input>} input */
function quote({ customer, lines }) {
  let items = 0
  let total = 0
  for (const { quantity, price } of lines) {
    items += quantity
    total += quantity * price
  }
  return { customer, items, total }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {unknown} value
 */
function answer(response, status, value) {
  const body = JSON.stringify(value)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}
