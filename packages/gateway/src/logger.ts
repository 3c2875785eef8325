/** The part of a logger that the gateway uses; pino's fits. */
export interface GatewayLogger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
