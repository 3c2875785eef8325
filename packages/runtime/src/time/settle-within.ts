/**
 * Waits for a promise, but at most `timeout` ms. Resolves to whether it settled in time; rejects if the
 * promise rejects in time. What happens to it later is of no interest any more.
 */
export async function settleWithin(promise: Promise<unknown>, timeout: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, timeout, false)
  })
  try {
    return await Promise.race([promise.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
