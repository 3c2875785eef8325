import { ApiError } from '@neemata/application'
import type { WireError } from '@neemata/gateway'

/** The failure of a call to another application, as its caller catches it. */
export class RemoteError extends ApiError {
  /** Leads to the line in the log that the failing application wrote. */
  readonly id: string | undefined

  constructor(error: WireError) {
    super(error.code, error.message, error.data)
    this.id = error.id
  }
}
