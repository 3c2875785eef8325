import type { RuntimeTokenRequest } from '../container/binder.ts'
import { renderPath } from '../container/dependency-path.ts'
import type { CallNode, Node, SessionNode } from '../container/node.ts'
import type { Logger } from '../declare/logger.ts'
import type { RuntimeKey } from '../declare/runtime-token.ts'
import { NeemataError } from '../errors/neemata-error.ts'

/** Who the session's caller is. */
export const identityNode: SessionNode = {
  type: 'session',
  level: 'session',
  read: (session) => session.identity(),
}

const connectionNode: SessionNode = {
  type: 'session',
  level: 'session',
  read: (session) => session.connection,
}

const signalNode: CallNode = { type: 'call', level: 'call', read: (call) => call.signal }

const appsNode: CallNode = { type: 'call', level: 'call', read: (call) => call.apps }

/** What the tokens of `inject` stand for in one app; `undefined` for a key of a newer release. */
export function bindRuntimeToken(request: RuntimeTokenRequest, logger: Logger): Node | undefined {
  switch (request.key as RuntimeKey) {
    case 'apps':
      return appsNode
    case 'connection':
      return connectionNode
    case 'identity':
      return identityNode
    case 'signal':
      return signalNode
    case 'logger': {
      const { argument } = request
      const value = argument === undefined ? logger : logger.child({ label: argument })
      return { type: 'value', level: 'app', value }
    }
    default:
      return undefined
  }
}

/** For what the application's identity is made of: it can't depend on the identity. */
export function refuseIdentity({ path }: RuntimeTokenRequest): never {
  throw new NeemataError(
    'NM7202',
    `The identity depends on the identity, which is not known yet: ${renderPath(path)}`,
  )
}
