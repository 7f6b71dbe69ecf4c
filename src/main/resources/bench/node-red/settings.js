// A Node-RED for the benchmark: one flow, no editor, nothing kept on disk but the flow itself.
module.exports = {
  uiHost: "127.0.0.1",
  uiPort: Number(process.env.BENCH_PORT),
  flowFile: "flow.json",
  disableEditor: true,
  httpAdminRoot: false,
  credentialSecret: false,
  telemetry: { enabled: false },
  logging: { console: { level: "warn", metrics: false, audit: false } },
  functionGlobalContext: { crypto: require("crypto") },
};
