/** Who may import whom. Every rule says why. Checked by scripts/checkBoundaries.mjs as errors, type-only imports included. */
const engine = zone => `^src/engine/${zone}/`;
/** A zone of the engine may import only these zones (and itself, and the engine's loose files that hold no logic of a service). */
const loose = '^src/engine/(errors|clock|random)\\.ts$';
const only = (zone, allowed, why) => ({
  name: `engine-${zone}`,
  severity: 'error',
  comment: why,
  from: { path: engine(zone), pathNot: '\\.test\\.ts$' },
  to: {
    path: '^src/',
    pathNot: [
      engine(zone),
      loose,
      ...allowed.map(name => (name.endsWith('.ts') ? `^src/engine/${name}$` : engine(name))),
    ],
  },
});

module.exports = {
  forbidden: [
    only('bytes', [], 'Bytes are the ground: they know nothing else.'),
    only('trace', ['bytes'], 'The vocabulary of the trace knows no service and no cryptography.'),
    only('crypto', ['bytes'], 'Cryptography knows neither the trace nor AWS: bytes in, bytes out.'),
    only('http', ['bytes', 'trace'], 'Messages know nothing of who sends them.'),
    only('sigv4', ['bytes', 'crypto', 'http'], 'Both ends compute signatures; the computation belongs to neither.'),
    only('state', ['trace'], 'Rows are plain data: they know no service.'),
    only('sts', ['bytes', 'http', 'iam', 'trace'], 'STS tells who asks; nothing else.'),
    only('iam', ['bytes', 'trace'], 'Policies are judged without knowing S3 or KMS.'),
    only('audit', ['bytes', 'trace'], 'CloudTrail writes down what it is told.'),
    only('wire', ['bytes', 'crypto', 'http', 'trace'], 'The network knows bytes, not services.'),
    only(
      'kms',
      ['bytes', 'crypto', 'http', 'iam', 'audit', 'state', 'trace'],
      'KMS knows nothing of S3, of clients or of the line.',
    ),
    only(
      's3',
      ['bytes', 'crypto', 'http', 'iam', 'audit', 'state', 'trace', 'sigv4', 'kms/api.ts'],
      'S3 sees of KMS only its API, and nothing of clients or of the line.',
    ),
    only(
      'client',
      ['bytes', 'crypto', 'http', 'trace', 'sigv4', 'kms/api.ts'],
      'The customer reaches AWS over the wire or not at all.',
    ),
    {
      name: 'engine-is-closed',
      severity: 'error',
      comment: 'The engine knows no screen, no scene, no content.',
      from: { path: '^src/engine/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(scene|content|quiz|worker|view|sdk|endpoint|testing)/' },
    },
    {
      name: 'engine-door',
      severity: 'error',
      comment: 'Everybody else enters the engine by its only door.',
      from: {
        path: '^src/(scene|content|quiz|worker|view|sdk|endpoint)/',
        pathNot: '(\\.test\\.tsx?$|^src/endpoint/encryptionClients/)',
      },
      to: { path: '^src/engine/', pathNot: '^src/engine/index\\.ts$' },
    },
    {
      name: 'scene-is-pure',
      severity: 'error',
      comment: 'The scene is a fold of the trace: no packages, no content, no view.',
      from: { path: '^src/scene/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/(scene/|engine/index\\.ts$)' },
    },
    {
      name: 'content-is-data',
      severity: 'error',
      comment: 'Prose and data know only the types of the engine.',
      from: { path: '^src/content/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/(content/|engine/index\\.ts$)' },
    },
    {
      name: 'quiz-knows-no-view',
      severity: 'error',
      comment: 'Questions are made from runs, not from the screen.',
      from: { path: '^src/quiz/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/(quiz/|scene/|content/|engine/index\\.ts$)' },
    },
    {
      name: 'worker-hosts-the-engine',
      severity: 'error',
      comment: 'The worker is a thin host.',
      from: { path: '^src/worker/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/(worker/|engine/index\\.ts$)' },
    },
    {
      name: 'sdk-is-a-door',
      severity: 'error',
      comment: 'The handler for the SDK is the engine in another shape: no packages, no page.',
      from: { path: '^src/sdk/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/(sdk/|engine/index\\.ts$)' },
    },
    {
      name: 'endpoint-is-a-host',
      severity: 'error',
      comment: 'The endpoint hosts the engine in Node; the page has no part in it.',
      from: { path: '^src/endpoint/', pathNot: '(\\.test\\.ts$|^src/endpoint/(testing|encryptionClients)/)' },
      to: { path: '^src/', pathNot: '^src/(endpoint/|engine/index\\.ts$)' },
    },
    {
      name: 'endpoint-is-not-in-the-page',
      severity: 'error',
      comment: 'Nothing of Node gets into the page.',
      from: { path: '^src/(scene|content|quiz|worker|view|sdk)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/endpoint/' },
    },
    {
      name: 'engine-runs-only-in-the-worker',
      severity: 'error',
      comment:
        'The page takes types of the engine; running it on the main thread would freeze the screen and fill the bundle.',
      from: { path: '^src/(view|quiz|scene|content)/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '^src/worker/(labHost|labWorker)',
        dependencyTypesNot: ['type-only'],
        pathNot: '^src/worker/labWorker\\.ts',
      },
    },
    {
      name: 'session-knows-no-react',
      severity: 'error',
      comment: 'State lives without React.',
      from: { path: '^src/view/session/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(node_modules/(react|react-dom|framer-motion)|src/view/(features|ui|app)/)' },
    },
    {
      name: 'ui-is-dumb',
      severity: 'error',
      comment: 'Parts know neither the session nor a feature; of the engine they know types.',
      from: { path: '^src/view/ui/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(view/(session|features|app)|content|quiz|worker)/' },
    },
    {
      name: 'workspace-is-shared-by-pages',
      severity: 'error',
      comment: 'What pages share knows none of them.',
      from: { path: '^src/view/workspace/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/view/(features|app)/' },
    },
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      comment: 'A feature is a folder; app composes.',
      from: { path: '^src/view/features/([^/]+)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/view/(features/(?!$1/)|app/)' },
    },
    {
      name: 'testing-for-tests-only',
      severity: 'error',
      comment: 'Product code must not need test helpers.',
      from: { path: '^src/', pathNot: '(\\.test\\.tsx?$|^src/testing/)' },
      to: { path: '^src/testing/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle has no first reader.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody needs it.',
      from: { orphan: true, pathNot: '(\\.test\\.tsx?$|\\.d\\.ts$|^src/main\\.tsx$)' },
      to: {},
    },
    {
      name: 'few-packages',
      severity: 'error',
      comment: 'Runtime dependencies are a budget (docs/decisions/0002-dependencies.md).',
      from: { path: '^src/', pathNot: '(\\.test\\.tsx?$|^src/(testing|endpoint/encryptionClients)/)' },
      to: {
        path: '^node_modules/',
        pathNot:
          '^node_modules/(@types/)?(react|react-dom|zustand|framer-motion|@noble/hashes|fast-xml-parser|@aws-sdk/checksums|selfsigned|node|vite|vitest|scheduler)/',
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.css'] },
  },
};
