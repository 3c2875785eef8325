export { createGateway, type Gateway, type GatewayOptions } from './gateway.ts'
export { GatewayError, type GatewayErrorCode, type GatewayErrorOptions } from './gateway-error.ts'
export type {
  AppRoutes,
  CallOutcome,
  CallRequest,
  Connection,
  GatewayHost,
  Health,
  ProcedureRoute,
  RouteTable,
  Session,
} from './host.ts'
export type { Cors } from './http/cors.ts'
export {
  createHttpTransport,
  type HttpTransport,
  type HttpTransportOptions,
} from './http/http-transport.ts'
export type { UpgradeHandler, UpgradeRequest } from './http/upgrades.ts'
export type { Limits } from './limits.ts'
export type { GatewayLogger } from './logger.ts'
export { errorStatus, type WireError, type WireErrorCode } from './protocol/wire-error.ts'
export {
  createWebSocketTransport,
  type WebSocketTransportOptions,
} from './ws/websocket-transport.ts'
export type { Transport, TransportAddress, TransportContext } from './transport.ts'
