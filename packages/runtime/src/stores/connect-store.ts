import type { JobStore, StoreAddress } from './store.ts'

/** Connects a thread to the store of its process. */
export async function connectStore(address: StoreAddress): Promise<JobStore> {
  if (address.type === 'redis') {
    const { connectRedisStore } = await import('./redis/redis-store.ts')
    return connectRedisStore(address)
  }
  const { connectEmbeddedStore } = await import('./embedded/embedded-store.ts')
  return connectEmbeddedStore(address)
}
