/** What is known of an error code, whatever the place. docs/errors.md is made of these. */
export interface ErrorCatalogueEntry {
  /** A sentence that names the mistake. */
  readonly title: string
  /** Why it can't be accepted. */
  readonly why: string
  /** What to do; the hint of an error that brings none of its own. */
  readonly fix: string
}

/** Every error that the runtime raises by itself. Codes never change their meaning. */
export const catalogue = {
  NM7001: {
    title: 'The registry has a version that this runtime does not know.',
    why: 'The generated files were written by a compiler of another release.',
    fix: 'Install the same version of all neemata packages and run `neemata generate`.',
  },
  NM7002: {
    title: 'The registry and the configuration disagree.',
    why: 'Both are generated from one config; here they come from different runs of the compiler.',
    fix: 'Run `neemata generate` and start again.',
  },
  NM7003: {
    title: 'The environment does not hold what the configuration reads from it.',
    why: 'Values marked with `env.…` in the config are read when the process boots; without them it can not start.',
    fix: 'Set the variables that are listed, or give them a default in the config.',
  },
  NM7101: {
    title: 'A module of an application could not be loaded.',
    why: 'Its code threw while it was imported, or the file is not there.',
    fix: 'Read the cause below; it is the error of the module itself.',
  },
  NM7102: {
    title: 'An export is not what the registry says it is.',
    why: 'The runtime only runs what the `define…` functions made.',
    fix: 'Run `neemata generate`; if it persists, wrap the export in the `define…` function named above.',
  },
  NM7103: {
    title: 'There is no such app.',
    why: 'Apps are known by their names in the config.',
    fix: 'Use one of the names that are listed, or add the app to the config.',
  },
  NM7104: {
    title: 'There is no such procedure.',
    why: 'Procedures are known by their path in the routers of their app.',
    fix: 'Use one of the paths that are listed, or add the procedure to a router and run `neemata generate`.',
  },
  NM7201: {
    title: 'A token has no provider.',
    why: 'A token is a promise that somebody provides its value; nobody does.',
    fix: "Add `provide(token, …)` to the application's `provide`.",
  },
  NM7202: {
    title: 'Injectables depend on each other in a circle.',
    why: 'None of them could be created first.',
    fix: 'Take one edge of the circle away: split an injectable, or pass the value later.',
  },
  NM7203: {
    title: 'Something depends on a value that lives shorter than itself.',
    why: 'It would keep using the value after it was disposed.',
    fix: 'Give the dependant the shorter scope, or the dependency a longer one.',
  },
  NM7204: {
    title: 'An injectable could not be created.',
    why: 'Its `create` function threw.',
    fix: 'Read the cause below; it is the error of the function itself.',
  },
  NM7205: {
    title: 'A value was asked of a container that is disposed.',
    why: 'The application, session or call that it belongs to is over.',
    fix: 'Finish the work before the handler returns, or depend on something that lives longer.',
  },
  NM7301: {
    title: 'The identity can not travel.',
    why: 'An identity is handed to other applications, in other threads too, so it must be plain data.',
    fix: 'Return plain data from the identity injectable: no functions, no class instances with private state.',
  },
  NM7302: {
    title: 'A value of a call between applications can not be copied.',
    why: 'Arguments and results are copied, so that a call behaves the same in one thread and in two.',
    fix: 'Pass plain data: no functions, promises, streams or class instances with private state.',
  },
  NM7303: {
    title: 'Calls between applications are nested too deeply.',
    why: 'A chain of more than 16 calls is nearly always applications that call each other without end.',
    fix: 'Break the circle of calls that is listed.',
  },
  NM7304: {
    title: 'A middleware called `next` twice.',
    why: 'The rest of the call would run twice.',
    fix: 'Call `next` once, and keep its result if it is needed again.',
  },
  NM7305: {
    title: 'A handler returned what its output schema refuses.',
    why: 'Callers rely on the declared output.',
    fix: 'Return what the schema describes, or change the schema.',
  },
  NM7306: {
    title: 'An error can not travel.',
    why: 'The code of an ApiError must be one of the known codes, and its data must be plain data.',
    fix: 'Use a code of the table of ApiError, and plain data.',
  },
  NM7401: {
    title: 'The start-up failed.',
    why: 'The step that is named did not succeed. What had started before it was stopped again.',
    fix: 'Read the cause below.',
  },
  NM7402: {
    title: 'The runtime was stopped already.',
    why: 'A runtime starts once; what it held is disposed.',
    fix: 'Create a new one with `createRuntime`.',
  },
} as const satisfies Readonly<Record<string, ErrorCatalogueEntry>>

/** The code of an error that the runtime raises by itself. */
export type NeemataErrorCode = keyof typeof catalogue
