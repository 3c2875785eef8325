/** The part of a system that a process runs; `all` is every part. */
export type Role = 'all' | 'gateway' | 'jobs' | 'scheduler'

export const roles: readonly Role[] = ['all', 'gateway', 'jobs', 'scheduler']
