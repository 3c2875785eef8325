export { ApiError, type ApiErrorOptions } from './api-error.ts'
export type {
  ClientAuthorization,
  ClientCallOptions,
  ClientHeaders,
  ClientOptions,
  ClientSocket,
  ConnectionState,
  HttpClientOptions,
  WebSocketClass,
  WsClientOptions,
} from './client-options.ts'
export { ConnectionError, type ConnectionErrorOptions } from './connection-error.ts'
export { type Client, createClient } from './create-client.ts'
export { FormatError } from '@neemata/gateway/formats'
export type { WireErrorCode } from '@neemata/gateway/protocol'
