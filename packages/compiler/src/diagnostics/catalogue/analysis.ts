import type { Catalogue } from '../catalogue-entry.ts'

/**
 * What can be wrong with applications (NM2xxx), and between them and the config (NM3xxx). NM200x:
 * reading modules; NM201x: what a declaration holds; NM202x: what can't be followed without running
 * the program; NM203x: sizes.
 */
export const analysisCatalogue = {
  NM2001: {
    severity: 'error',
    title: "The module of an application can't be read.",
    why: 'The compiler reads the routes of an application from its module.',
    fix: 'Correct the path, or create the file.',
  },
  NM2002: {
    severity: 'error',
    title: 'A module has a syntax error.',
    why: "A module that can't be parsed may hold routes that would be missed.",
    fix: 'Correct the syntax at the marked place.',
  },
  NM2003: {
    severity: 'error',
    title: 'The module of an application has no default export.',
    why: 'The default export is the application: routes are read from there.',
    fix: 'Write `export default defineApplication({ router })`.',
  },
  NM2004: {
    severity: 'error',
    title: "The default export of an application's module is not an application.",
    why: 'The default export is the application: routes are read from there.',
    fix: 'Write `export default defineApplication({ router })`.',
  },
  NM2005: {
    severity: 'error',
    title: "An import can't be resolved.",
    why: 'What it would bring into an application is unknown.',
    fix: 'Correct the specifier, create the file, or install the package.',
  },
  NM2006: {
    severity: 'error',
    title: 'A module does not export the imported name.',
    why: 'What it would bring into an application is unknown.',
    fix: 'Export the name from that module, or import one that it exports.',
  },
  NM2007: {
    severity: 'error',
    title: 'Two modules re-export the same name.',
    why: 'With `export *` from both, JavaScript leaves the name out.',
    fix: 'Re-export the name explicitly: `export { name } from "./module.ts"`.',
  },
  NM2010: {
    severity: 'error',
    title: 'A route is neither a procedure, nor a router, nor an object of routes.',
    why: 'Each route ends in a procedure.',
    fix: 'Put a procedure, a router or a nested object of routes there, or move the value elsewhere.',
  },
  NM2011: {
    severity: 'error',
    title: 'The name of a route is not a valid path segment.',
    why: 'Segments become parts of URLs and members of the typed client.',
    fix: 'Start with a lower-case letter and go on with letters and digits: `[a-z][a-zA-Z0-9]*`.',
  },
  NM2012: {
    severity: 'error',
    title: 'A route is declared twice.',
    why: 'Only one of the two would answer, and which one depends on their order.',
    fix: 'Rename one of the two, or remove it.',
  },
  NM2013: {
    severity: 'error',
    title: 'A router contains itself.',
    why: 'It would have infinitely many routes.',
    fix: 'Remove the route that leads back, or move what both share to a router of its own.',
  },
  NM2014: {
    severity: 'error',
    title: 'A procedure has no handler.',
    why: 'The handler is what a call runs.',
    fix: 'Add `handler(context, input) { … }`.',
  },
  NM2015: {
    severity: 'error',
    title: 'The option `readonly` of a procedure is not a literal.',
    why: 'It decides whether GET is allowed, which is part of the generated registry.',
    fix: 'Write `readonly: true`, or leave the option out.',
  },
  NM2016: {
    severity: 'error',
    title: 'A list of guards, middleware or filters holds something else.',
    why: 'Each entry runs around every call below that router.',
    fix: 'List only what `defineGuard`, `defineMiddleware` or `defineFilter` made.',
  },
  NM2017: {
    severity: 'error',
    title: 'An option has a value of the wrong kind.',
    why: 'The compiler needs to know what stands there to build the registry.',
    fix: 'Give what the message names.',
  },
  NM2018: {
    severity: 'warning',
    title: 'An application of type `worker` has a router.',
    why: 'Workers are not reached by calls, so its routes would never answer.',
    fix: 'Remove the router, or give the app the type `api`.',
  },
  NM2020: {
    severity: 'error',
    title: 'A key depends on a value of the running program.',
    why: 'The registry is made before the program runs, so every key must be known from the source.',
    fix: 'Write the key itself, or a `const` or enum member with a literal value.',
  },
  NM2021: {
    severity: 'error',
    title: 'Routes depend on a condition.',
    why: 'The registry is made before the program runs: the answer would be that of the machine that compiles.',
    fix: 'Declare the routes always and refuse calls with a guard, or make two applications and choose in neemata.config.ts.',
  },
  NM2022: {
    severity: 'error',
    title: 'Routes are computed from a table.',
    why: 'Loops, maps and reductions run with the program, and the registry is made before that.',
    fix: 'Write the routes out: `defineRouter({ users: crud("users"), orders: crud("orders") })`.',
  },
  NM2023: {
    severity: 'error',
    title: 'A variable can be reassigned.',
    why: "Which value it holds when the program runs can't be told from its declaration.",
    fix: 'Declare it with `const`.',
  },
  NM2024: {
    severity: 'error',
    title: 'An object is changed after its definition.',
    why: "What it holds when the program runs can't be told from its declaration.",
    fix: 'Put everything into the definition: `{ ...base, added }`.',
  },
  NM2025: {
    severity: 'error',
    title: 'A value comes from a package.',
    why: 'Compiled packages are not read, so what the value holds is unknown.',
    fix: 'Declare it in this project or in a workspace package that is imported as source, and call the package from there.',
  },
  NM2026: {
    severity: 'error',
    title: 'A value is a member of a class.',
    why: 'Classes are not followed: their members are set while the program runs.',
    fix: 'Declare the value with `const` in a module, and export it.',
  },
  NM2027: {
    severity: 'error',
    title: 'A function does more than return a value.',
    why: 'Functions are followed as far as `const` declarations and one `return` go.',
    fix: 'Reduce the function to `const` declarations and one `return`, or write out what it makes.',
  },
  NM2028: {
    severity: 'error',
    title: "An expression can't be followed without running the program.",
    why: 'The registry is made from the source alone.',
    fix: 'Write the value out, or bind it to a `const`.',
  },
  NM2030: {
    severity: 'error',
    title: 'Routes nest too deep.',
    why: 'A function that calls itself would make infinitely many routes.',
    fix: 'Write the routes out instead of making them by recursion.',
  },
  NM2031: {
    severity: 'error',
    title: 'An application is too large to follow.',
    why: 'Functions that multiply routes would keep the compiler busy without end.',
    fix: 'Write the routes out instead of making them by functions that call one another.',
  },
  NM3001: {
    severity: 'error',
    title: 'Two routes differ only by upper and lower case.',
    why: 'People and proxies confuse them, and on file systems that fold case so do generated files.',
    fix: 'Rename one of the two.',
  },
  NM3010: {
    severity: 'warning',
    title: 'An application has no procedures.',
    why: 'It starts, but nothing can be called.',
    fix: 'Add procedures to its router, or remove the app from the config.',
  },
  NM3020: {
    severity: 'warning',
    title: 'No transport leads to an application.',
    why: "Clients can't call it: only other applications can.",
    fix: 'Name a transport in `transports` of the app, or ignore this for an internal application.',
  },
  NM3021: {
    severity: 'warning',
    title: 'A transport is used by no application.',
    why: 'It listens, and answers every call with `not_found`.',
    fix: 'Name it in `transports` of an app, or remove it.',
  },
} as const satisfies Catalogue
