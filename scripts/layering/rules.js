// @ts-check
/**
 * @typedef {object} Rule
 * @property {string} reason why the rule stands; printed with each violation
 * @property {RegExp} from the modules that it binds
 * @property {RegExp} [except] modules of `from` that it does not bind
 * @property {RegExp} [allow] the only targets that are allowed
 * @property {RegExp} [forbid] the targets that are not
 * @property {boolean} [typesToo] binds type-only imports as well; default true
 */

/**
 * A target is a file from the root (`packages/gateway/src/host.ts`) or the specifier of something
 * outside (`node:fs`, `zod`, `@neemata/application`).
 * @type {readonly Rule[]}
 */
export const rules = [
  {
    from: /^packages\/application\/src\//,
    except: /\.test(-d)?\.ts$/,
    allow: /^packages\/application\/src\/|^@standard-schema\/spec$/,
    reason: 'application is a leaf of pure declarations: no workspace package, no platform, no I/O',
  },
  {
    from: /^packages\/gateway\/src\//,
    except: /\.test(-d)?\.ts$/,
    forbid: /^(@neemata\/|neemata(\/|$)|packages\/(?!gateway\/))/,
    reason: 'gateway is a leaf: it reaches applications only through its GatewayHost port',
  },
  {
    from: /^packages\/gateway\/src\/(protocol|formats)\//,
    except: /\.test(-d)?\.ts$/,
    allow: /^packages\/gateway\/src\/(protocol|formats)\//,
    reason: 'protocol and formats run in a browser too, so they know neither Node nor the server',
  },
  {
    from: /^packages\/compiler\/src\//,
    except: /\.test(-d)?\.ts$/,
    forbid: /^(@neemata\/|neemata(\/|$)|packages\/(?!compiler\/))/,
    reason: 'the compiler knows descriptors by module and export name, and imports none of them',
  },
  {
    from: /^packages\/client\/src\//,
    except: /\.test(-d)?\.ts$/,
    allow: /^packages\/client\/src\/|^@neemata\/gateway\/(protocol|formats)$/,
    reason: 'the client runs in browsers: it shares only the wire protocol with the server',
  },
  {
    from: /^packages\/runtime\/src\//,
    except: /\.test(-d)?\.ts$/,
    forbid: /^(@neemata\/(?!application$|gateway(\/|$))|neemata(\/|$))/,
    reason: 'the runtime knows applications and the gateway, and nothing of compiler or client',
  },
  {
    from: /^packages\/runtime\/src\/declare\//,
    except: /\.test(-d)?\.ts$/,
    allow: /^packages\/runtime\/src\/declare\/|^@neemata\/application$/,
    typesToo: false,
    reason: 'importing `neemata` must load no engine, so declare/ imports the rest as types only',
  },
  {
    from: /^packages\/runtime\/src\/(container|hooks|lifecycle)\//,
    except: /\.test(-d)?\.ts$/,
    forbid:
      /^(@neemata\/gateway|node:(http|net|worker_threads)|packages\/runtime\/src\/(host|workers|stores|jobs|scheduler|process)\/)/,
    reason: 'the kernel knows no transport, queue or thread',
  },
  {
    from: /^packages\/runtime\/src\//,
    except: /^packages\/runtime\/src\/logging\/|\.test(-d)?\.ts$/,
    forbid: /^pino(-pretty)?$/,
    reason: 'pino stays in logging/, behind our Logger',
  },
  {
    from: /^packages\/[^/]+\/src\//,
    except: /^packages\/runtime\/src\/stores\/|\.test(-d)?\.ts$/,
    forbid: /^(bullmq|ioredis|@electric-sql\/pglite)(\/|$)/,
    reason: 'the engines of jobs and events stay in runtime/src/stores/',
  },
  {
    from: /^packages\/[^/]+\/src\//,
    except: /^packages\/runtime\/src\/(workers|stores)\/|\.test(-d)?\.ts$/,
    forbid: /^(node:)?worker_threads$/,
    reason: 'threads are started in runtime/src/workers/ and by the embedded store, nowhere else',
  },
  {
    from: /^packages\/[^/]+\/src\//,
    except: /^packages\/compiler\/src\/syntax\/|\.test(-d)?\.ts$/,
    forbid: /^(ts-morph|typescript)(\/|$)/,
    reason:
      'ts-morph is slow to load and huge: only syntax/ may reach it, everyone else reads summaries',
  },
  {
    from: /^packages\/[^/]+\/src\//,
    except: /^packages\/compiler\/src\/config\/|\.test(-d)?\.ts$/,
    forbid: /^zod(\/|$)/,
    reason: "zod validates the config and nothing else of ours; users' schemas are Standard Schema",
  },
  {
    from: /^packages\/[^/]+\/src\//,
    except: /^packages\/compiler\/src\/(bundle|dev|config|analysis)\/|\.test(-d)?\.ts$/,
    forbid: /^(vite|rolldown)(\/|$)/,
    reason: 'bundlers belong to bundling, the dev session and reading config and module names',
  },
  {
    from: /^packages\/compiler\/src\/(diagnostics|model)\//,
    except: /\.test(-d)?\.ts$/,
    forbid:
      /^packages\/compiler\/src\/(config\/(?!schema\/|render-config-docs)|syntax|analysis|render|emit|bundle|check|dev|cli)\//,
    reason: 'diagnostics and the Model are what stages exchange: they know no stage',
  },
  {
    from: /^packages\/compiler\/src\/config\//,
    except: /\.test(-d)?\.ts$/,
    forbid: /^packages\/compiler\/src\/(syntax|analysis|render|emit|bundle|check|dev|cli)\//,
    reason: 'stages run downhill: config comes first',
  },
  {
    from: /^packages\/compiler\/src\/(syntax|analysis)\//,
    except: /\.test(-d)?\.ts$/,
    forbid: /^packages\/compiler\/src\/(render|emit|bundle|check|dev|cli)\//,
    reason: 'stages run downhill: analysis knows only what comes before it',
  },
  {
    from: /^packages\/compiler\/src\/render\//,
    except: /\.test(-d)?\.ts$/,
    forbid:
      /^packages\/compiler\/src\/(syntax|analysis|emit|bundle|check|dev|cli)\/|^node:(?!path)|^(vite|rolldown|tinyglobby)/,
    reason: 'rendering is pure: config and Model in, text out; no disk, no clock, no environment',
  },
  {
    from: /^packages\/compiler\/src\/emit\//,
    except: /\.test(-d)?\.ts$/,
    forbid: /^packages\/compiler\/src\/(config|syntax|analysis|bundle|check|dev|cli)\//,
    reason: 'stages run downhill: emit writes files and knows nothing of what they say',
  },
  {
    from: /^packages\/compiler\/src\/(bundle|check)\//,
    except: /\.test(-d)?\.ts$/,
    forbid: /^packages\/compiler\/src\/(syntax|analysis|dev|cli)\//,
    reason: 'stages run downhill: bundling reads files, and is driven by the commands above it',
  },
  {
    from: /^packages\/compiler\/src\/dev\//,
    except: /\.test(-d)?\.ts$/,
    forbid: /^packages\/compiler\/src\/cli\//,
    reason: 'the command line sits on top: everything it does can be called without it',
  },
  {
    from: /^(templates|examples)\//,
    except: /\.test(-d)?\.ts$/,
    forbid: /^(@neemata\/|packages\/)/,
    reason: 'users import `neemata`, so what we show and generate must too',
  },
]

/** Modules that hold nothing but re-exports. */
export const reExportOnly = {
  from: /^packages\/neemata\/src\//,
  except: /\.test(-d)?\.ts$/,
  reason: 'the umbrella has no logic of its own',
}
