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
  NM7105: {
    title: 'There is an app of that name already.',
    why: 'Apps are known by their names, so two can not share one.',
    fix: 'Choose another name, or use `apps.replace` to exchange the one that runs.',
  },
  NM7111: {
    title: 'An application uses a plugin twice.',
    why: 'What a plugin provides, and its procedures, go by its name, which must be unique in an application.',
    fix: 'Remove one of them from `plugins`, or give one another name.',
  },
  NM7112: {
    title: 'A plugin refuses its options.',
    why: "The plugin's own schema does not accept what `configurePlugin` was given.",
    fix: 'Change the options that are listed where the application names the plugin.',
  },
  NM7113: {
    title: 'A plugin could not be set up.',
    why: 'Its `setup` threw, or returned something else than `provide` and `hooks`.',
    fix: 'Read the cause below, if there is one; else return what `provide` and `defineHook` made.',
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
  NM7206: {
    title: 'A hook asks for values at a moment when there are none.',
    why: 'Before `container:ready` no value was made yet, and at `dispose:after` all are gone.',
    fix: 'Take the dependencies away, or move the hook to `container:ready` or `dispose:before`.',
  },
  NM7207: {
    title: 'A plugin brings a hook for a moment that is over.',
    why: 'The hooks of a plugin are known once it is set up, which comes after `initialize:before`.',
    fix: 'Do the work in `setup`, or in a hook of `container:ready`.',
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
  NM7307: {
    title: 'A stream has no items.',
    why: 'The handler of a stream, and each middleware around it, must return an async iterable.',
    fix: 'Write the handler as `async *handler() { … yield … }`, and return what `next()` gave.',
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
  NM7403: {
    title: 'A hook failed while the process started.',
    why: 'An application that asked to take part in the start-up could not do its part, so nothing is served.',
    fix: 'Read the cause below; it is the error of the hook itself.',
  },
  NM7404: {
    title: 'The apps of a runtime that does not run can not be exchanged.',
    why: 'Apps are added, replaced and removed between the end of `start` and `stop`.',
    fix: 'Wait for `start()` before you exchange apps.',
  },
  NM7801: {
    title: 'There is no such command.',
    why: 'Commands are known by their app and the name of their export.',
    fix: 'Use one of the names that `list` prints.',
  },
  NM7802: {
    title: 'A command was called with something that it does not accept.',
    why: "The command's schemas say which arguments and options there are.",
    fix: 'Call it with `--help` to see them.',
  },
  NM7501: {
    title: 'A role needs Redis.',
    why: 'Processes of different roles meet in Redis. The embedded store belongs to one process, which then runs every role.',
    fix: 'Set `redis.url` in the config, or the variable that it reads, or start with `--role all`.',
  },
  NM7502: {
    title: 'A worker thread died too often.',
    why: 'It was replaced again and again, each time after a longer wait, and died each time.',
    fix: 'Read the cause below and the lines of the log that say why each thread died.',
  },
  NM7503: {
    title: 'The worker entry was started by itself.',
    why: 'It runs in the threads of a server process and has nothing to do alone.',
    fix: 'Start the main entry; it starts its worker threads itself.',
  },
  NM7601: {
    title: 'The embedded jobs store is in use.',
    why: "It belongs to one process; two that write to it would destroy each other's data.",
    fix: 'Stop the other process, or give both a Redis server: set `redis.url` in the config.',
  },
  NM7602: {
    title: 'The embedded jobs store was written by another release.',
    why: 'The files of its database can not be read by this one.',
    fix: 'Let the old release finish its jobs, then remove the directory; or go back to the old release.',
  },
  NM7603: {
    title: 'The jobs store could not be opened.',
    why: 'Without it no job can be added or run.',
    fix: 'Read the reason above: is the Redis server running at that address, is the directory writable?',
  },
  NM7604: {
    title: 'There is no such job.',
    why: 'Jobs are known by their app and the name of their export.',
    fix: "Use one of the names that are listed, or export the job from a module that the app's `jobs` name.",
  },
  NM7605: {
    title: "A job's handler returned what its output schema refuses.",
    why: 'Whoever waits for the job relies on the declared output.',
    fix: 'Return what the schema describes, or change the schema.',
  },
  NM7606: {
    title: 'There is no jobs store here.',
    why: 'The store is only opened in a system that has jobs, and is closed with the process.',
    fix: 'Name modules with jobs in the config, and use `inject.jobs` while the process runs.',
  },
  NM7607: {
    title: 'A schedule does not fit its job.',
    why: "Each job that it adds would be refused: the job's schema does not accept the schedule's input.",
    fix: 'Change `input` of the schedule in the config, or the schema of the job.',
  },
} as const satisfies Readonly<Record<string, ErrorCatalogueEntry>>

/** The code of an error that the runtime raises by itself. */
export type NeemataErrorCode = keyof typeof catalogue
