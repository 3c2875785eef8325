/** Shaped like `generated/contract.ts`, over the procedures of the gateway's fixture host. */
export interface Contract {
  readonly fixture: {
    readonly echo: Call<unknown, unknown>
    readonly read: { readonly echo: Call<{ readonly at: Date }, { readonly at: Date }> }
    readonly nothing: Procedure<undefined, undefined>
    readonly refuse: Call<unknown, never>
    readonly crash: Procedure<undefined, never>
    readonly wait: Procedure<undefined, string>
    readonly headers: Procedure<undefined, Readonly<Record<string, string>>>
  }
  readonly hidden: { readonly echo: Call<unknown, unknown> }
}

type Options = { readonly signal?: AbortSignal; readonly timeout?: number }
type Call<Input, Output> = (input: Input, options?: Options) => Promise<Output>
type Procedure<Input, Output> = (input?: Input, options?: Options) => Promise<Output>
