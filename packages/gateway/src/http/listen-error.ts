import { GatewayError, type GatewayErrorCode } from '../gateway-error.ts'

export interface ListenTarget {
  /** The transport's name in the config. */
  readonly transport: string
  readonly host: string
  readonly port: number
}

/** Says in the user's terms why a listener can't listen. */
export function createListenError(target: ListenTarget, cause: unknown): GatewayError {
  const errno = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  const place = formatAuthority(target.host, target.port)
  const option = `transports.${target.transport}`
  const { code, why, remedy } = explain(errno, target, option)
  const message = `The transport "${target.transport}" can't listen on ${place}: ${why}.`
  return new GatewayError({ code, message, remedy, cause })
}

/** `host:port`, with IPv6 addresses in brackets. */
export function formatAuthority(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

interface Explanation {
  readonly code: GatewayErrorCode
  readonly why: string
  readonly remedy: string
}

function explain(errno: string, { host, port }: ListenTarget, option: string): Explanation {
  const movePort = `set ${option}.port in neemata.config.ts, or the environment variable that it reads (such as PORT), to another port`
  switch (errno) {
    case 'EADDRINUSE':
      return {
        code: 'address_in_use',
        why: 'another process listens there',
        remedy: `Stop that process, or ${movePort}; 0 picks a free one.`,
      }
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'permission_denied',
        why:
          port < 1024
            ? `port ${port} needs a privilege that this user lacks`
            : 'the system refuses it',
        remedy: `Use a port from 1024 up: ${movePort}.`,
      }
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
    case 'EAFNOSUPPORT':
      return {
        code: 'bad_host',
        why: `"${host}" is no address of this machine`,
        remedy: `Set ${option}.host in neemata.config.ts, or the environment variable that it reads, to an address of this machine: "127.0.0.1" for this machine only, "0.0.0.0" for all networks.`,
      }
    default:
      return {
        code: 'listen_failed',
        why: `the system answered ${errno}`,
        remedy: `Check ${option}.host and ${option}.port in neemata.config.ts.`,
      }
  }
}
