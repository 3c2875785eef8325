import type { Catalogue } from '../catalogue-entry.ts'

/**
 * What can be wrong with the config. NM100x: reading it; NM102x: one option; NM103x: names;
 * NM104x: what an option refers to; NM105x: not available yet; NM106x: placement in threads.
 */
export const configCatalogue = {
  NM1001: {
    severity: 'error',
    title: 'No config file was found.',
    why: 'Every command starts from `neemata.config.ts`: it names the applications and how they are reached.',
    fix: 'Create neemata.config.ts in the project folder, or name the file with --config.',
  },
  NM1002: {
    severity: 'error',
    title: 'The config has a syntax error.',
    why: 'The config, and every file that it imports, must be valid TypeScript or JavaScript.',
    fix: 'Correct the syntax at the marked place.',
  },
  NM1003: {
    severity: 'error',
    title: 'An import of the config can’t be resolved.',
    why: 'The config is run, so everything that it imports must exist.',
    fix: 'Correct the path, or install the package.',
  },
  NM1004: {
    severity: 'error',
    title: 'The config imports a name that the module does not export.',
    why: 'The config is run, so everything that it imports must exist.',
    fix: 'Import a name that the module exports.',
  },
  NM1005: {
    severity: 'error',
    title: 'The config threw an error.',
    why: 'The config is a program that must run to its end to say what the system is made of.',
    fix: 'Make the config run without errors. It must not depend on the machine that compiles it.',
  },
  NM1006: {
    severity: 'error',
    title: 'The config has no default export.',
    why: 'The default export is what the compiler reads.',
    fix: 'Write `export default defineRuntime({ … })`.',
  },
  NM1007: {
    severity: 'error',
    title: 'The default export of the config was not made by `defineRuntime`.',
    why: '`defineRuntime` gives the options their types, and tells a config from any other module.',
    fix: 'Wrap the object: `export default defineRuntime({ … })`, imported from `neemata/config`.',
  },
  NM1008: {
    severity: 'error',
    title: 'The config reads the environment while it is compiled.',
    why: 'A value read here would be that of the machine that compiles, and it would be written into generated files and bundles. A reference is read and checked when the system starts.',
    fix: 'Use a reference of `env` from `neemata/config`, such as `env.string("NAME")`.',
  },
  NM1020: {
    severity: 'error',
    title: 'There is no such option.',
    why: 'An option that is not known would have no effect, so a slip in its name would go unnoticed.',
    fix: 'Correct the name or remove the option. docs/config.md lists every option.',
  },
  NM1021: {
    severity: 'error',
    title: 'The value of an option has the wrong type.',
    why: 'Values are taken as they are: a text is not turned into a number.',
    fix: 'Give a value of the type that docs/config.md names for this option.',
  },
  NM1022: {
    severity: 'error',
    title: 'The value is none of those that the option accepts.',
    why: 'The option has a fixed list of values.',
    fix: 'Use one of the listed values.',
  },
  NM1023: {
    severity: 'error',
    title: 'A required option is missing.',
    why: 'The option has no default.',
    fix: 'Add the option.',
  },
  NM1024: {
    severity: 'error',
    title: 'The value of an option is out of its range or malformed.',
    why: 'The value has the right type, but nothing could be done with it.',
    fix: 'Give a value within the range or of the form that the message names.',
  },
  NM1025: {
    severity: 'error',
    title: 'An environment reference stands where its value is needed to compile.',
    why: 'Names, file patterns, numbers of threads and schedules shape the generated code, and references are read only when the system starts.',
    fix: 'Write the value itself. References are for hosts, ports, URLs, limits, logging and the options of apps.',
  },
  NM1026: {
    severity: 'error',
    title: 'An environment reference does not fit its option.',
    why: 'What the variable may hold must be acceptable for the option, in its type, its default, and in whether it may be absent.',
    fix: 'Use the reference that the message names.',
  },
  NM1030: {
    severity: 'error',
    title: 'A name is malformed.',
    why: 'Names become parts of URLs, of generated types and of file names, so they are plain words.',
    fix: 'Begin with a lower-case letter and go on with letters and digits: `shop`, `shopAdmin2`.',
  },
  NM1031: {
    severity: 'error',
    title: 'An app has a reserved name.',
    why: 'The first segment of a URL is the app’s name, and the system answers there itself or generated code would break.',
    fix: 'Choose another name.',
  },
  NM1032: {
    severity: 'error',
    title: 'The names of two apps differ only in case.',
    why: 'Their files and URLs could not be told apart on systems that ignore case.',
    fix: 'Rename one of them.',
  },
  NM1040: {
    severity: 'error',
    title: 'The module of an application does not exist.',
    why: 'An app runs the application that its module exports by default.',
    fix: 'Correct the path. It is resolved from the folder of the config file.',
  },
  NM1041: {
    severity: 'error',
    title: 'The module of an application is not a TypeScript or JavaScript file.',
    why: 'The compiler reads its source.',
    fix: 'Name a file that ends in .ts, .mts, .cts, .tsx, .js, .mjs, .cjs or .jsx.',
  },
  NM1042: {
    severity: 'error',
    title: 'An app names a transport that does not exist.',
    why: 'An app can only be reached through the transports of the config.',
    fix: 'Name a transport of `transports`, or add it there.',
  },
  NM1043: {
    severity: 'error',
    title: 'A file pattern matches no module.',
    why: 'Jobs and commands are found by these patterns, so a slip in one would leave them out without a word.',
    fix: 'Correct the pattern, or remove it. It is resolved from the folder of the config file; tests and declaration files never match.',
  },
  NM1044: {
    severity: 'error',
    title: 'A WebSocket transport listens on something that is no HTTP transport.',
    why: 'It shares the port of an HTTP transport, which its `listen` names.',
    fix: "Add a transport of type 'http', and name it in `listen`.",
  },
  NM1045: {
    severity: 'error',
    title: 'Two WebSocket transports answer at the same path.',
    why: 'Which of the two a client meant could not be told.',
    fix: 'Give one of them another `path`, or another `listen`.',
  },
  NM1050: {
    severity: 'error',
    title: 'An option is not supported yet.',
    why: 'The option is part of the config, but this version does not implement it. Ignoring it would start a system that differs from the config.',
    fix: 'Remove the option until a version supports it.',
  },
  NM1060: {
    severity: 'error',
    title: 'An app is pinned to a slot that does not exist.',
    why: 'Slots are the threads of `workers.api.threads`, numbered from 0.',
    fix: 'Pin the app to a slot that exists, or raise workers.api.threads.',
  },
  NM1061: {
    severity: 'error',
    title: 'An app asks for more slots than there are.',
    why: 'An app runs at most once in each thread of `workers.api.threads`.',
    fix: 'Ask for fewer slots, or raise workers.api.threads.',
  },
  NM1062: {
    severity: 'error',
    title: 'An app asks for slots, and there are no threads.',
    why: 'Without threads every app runs in the thread of the gateway.',
    fix: "Set workers.api.threads, or write `workers: 'inline'`.",
  },
} as const satisfies Catalogue
