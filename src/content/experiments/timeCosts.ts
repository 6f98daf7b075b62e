import type { ExperimentText } from './text.ts';

/** Words for experiments about how often KMS is asked. */
export const COST_TEXTS: Readonly<Record<string, ExperimentText>> = {
  'one-bucket-key-for-all': {
    title: 'Three files and one Bucket Key',
    line: 'You switch the Bucket Key on and count the keys.',
    situation:
      'An old file lies in the bucket, under SSE-KMS. You switch the Bucket Key on in the bucket’s default and upload three files. At the end you ask for the headers of the old one.',
    question: 'How many data keys are made for the three files?',
    options: {
      'one-for-all': {
        text: 'One: the Bucket Key encrypts all three',
        refutes:
          'The name suggests it. But a Bucket Key encrypts only keys: each object has a data key of its own, as ever.',
      },
      'three-and-one': { text: 'Three by S3, and KMS makes one for the bucket' },
      'three-by-kms': {
        text: 'Three by KMS, which is asked for each',
        refutes: 'So it goes without a Bucket Key. With it, KMS is asked once, and S3 makes the data keys itself.',
      },
      'old-too': {
        text: 'One for all, and the old file uses it too',
        refutes: 'HEAD of the old file shows no Bucket Key. A setting of the bucket touches nothing that lies there.',
      },
    },
    why: '“One key for all objects” is wrong, and it would be a weak design. In the run KMS made one key for the bucket, S3 made three data keys and wrapped each under it; how exactly S3 does that is our model. The old file kept its own encrypted data key. And the bucket’s key is short-lived and serves one requester, so it is not one for ever either.',
    rule: 'A Bucket Key is one more envelope: it saves calls to KMS, not data keys.',
    facts: ['F-KSM-020', 'F-KSM-021', 'F-BKY-006', 'F-BKY-007', 'F-SIM-010'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03'],
    topics: ['Bucket Keys', 'cost and quotas'],
  },
  'bucket-key-saves-calls': {
    title: 'Count the calls to KMS',
    line: 'Three uploads and three downloads, without and with a Bucket Key.',
    situation:
      'Without a Bucket Key, three uploads and three downloads made S3 call KMS six times. Now the bucket’s default switches the Bucket Key on, and you do the same with three other files.',
    setup: 'In our model S3 keeps a bucket-level key for 300 seconds. AWS does not say for how long it does.',
    question: 'How often does S3 call KMS now?',
    options: {
      four: {
        text: 'Four times: once to upload, then each download',
        refutes:
          'Each file has its own encrypted data key, so each download seems to need KMS. But these keys are wrapped under the bucket-level key, which S3 still has.',
      },
      one: { text: 'Once: for the bucket-level key' },
      six: {
        text: 'Six times: the calls only get cheaper',
        refutes: 'KMS has one price for a request. What a Bucket Key changes is how many there are.',
      },
      two: {
        text: 'Twice: once to upload, once to download',
        refutes:
          'The same requester reads what they wrote a moment ago, and for both the same bucket-level key is at hand.',
      },
    },
    why: 'That a Bucket Key lowers the price of a call is wrong: it spares the calls. The run shows one GenerateDataKey, and after that only S3 finding the bucket-level key among its own. How long S3 keeps it, and how it serves downloads, AWS does not describe in detail: our model. Fewer calls also mean fewer lines in CloudTrail, and these name the bucket instead of the object.',
    rule: 'If KMS is too expensive or too slow, switch the Bucket Key on first.',
    facts: ['F-BKY-001', 'F-KSM-080', 'F-KSM-023', 'F-BKY-009', 'F-SIM-011'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03', 'SAP-C02'],
    topics: ['Bucket Keys', 'cost and quotas', 'audit'],
  },
  throttled: {
    title: 'Too many requests',
    line: 'A burst of uploads meets a small KMS quota.',
    situation:
      'One upload under SSE-KMS went well. Now a program uploads file after file, without a pause. Your account’s quota for KMS is small.',
    setup:
      'The quota is set to one request a second here. In this Region AWS allows 20,000, for all applications of the account together.',
    question: 'What does the first upload get for which nothing is left?',
    options: {
      'kms-code': {
        text: '400 `ThrottlingException`, from KMS',
        refutes: 'This is what KMS says, and it says it to S3. You asked S3, and S3 answers in its own words.',
      },
      stored: {
        text: '200: S3 waits until KMS has time',
        refutes: 'S3 does not wait and does not queue. It tells you to come back later; waiting is your client’s job.',
      },
      'slow-down': { text: '503 `SlowDown`, from S3 itself' },
      denied: {
        text: '403 `AccessDenied`, from the KMS gate',
        refutes: 'You may: S3 let you in, and KMS turned the call away before it looked at any policy.',
      },
    },
    why: '“S3 is slow today” is the usual diagnosis, and it is wrong. The run shows S3 doing its part and KMS throttling the call that S3 makes for you; the answer’s text names KMS. Each upload and each download without a Bucket Key is such a call, and it counts against your quota, not against S3’s.',
    rule: '503 `SlowDown` that speaks of KMS is a KMS quota: Bucket Keys first, then a higher quota, and clients that back off.',
    fix: 'Switch the Bucket Key on, and upload just as fast.',
    fixed: 'All uploads were stored: KMS was asked once, for the bucket-level key.',
    facts: ['F-ERR-051', 'F-ERR-086', 'F-KMS-082', 'F-KMS-086', 'F-KSM-080', 'F-KMS-088'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03', 'SAP-C02'],
    topics: ['cost and quotas', 'Bucket Keys'],
  },
  'quota-is-shared': {
    title: 'Somebody else’s burst',
    line: 'Another application of the account is busy with KMS.',
    situation:
      'You upload one file under your KMS key, as you did before without trouble. At the same time another application of your account keeps asking KMS for data keys, under a key of its own, with nothing in S3.',
    setup: 'The quota is set to one request a second here, so that a handful of calls uses it up.',
    question: 'How does your single upload fare?',
    options: {
      'slow-down': { text: '503 `SlowDown`: nothing is left for it' },
      'own-quota': {
        text: '200: your key has a quota of its own',
        refutes: 'It would be natural to count by key or by application. KMS counts by account and Region.',
      },
      waits: {
        text: '200: S3 asks KMS until it gets through',
        refutes: 'S3 asked once, and passed the refusal on.',
      },
    },
    why: 'That quotas belong to a key or to an application is wrong. All symmetric cryptographic requests of an account in one Region share one quota: those of S3 on your behalf, and those of every other program. In the run you sent one request, and KMS throttled it because of somebody whom you may not even know.',
    rule: 'The KMS quota belongs to the account: look for who uses it, not for what you did.',
    fix: 'Use a Bucket Key, so that an upload needs KMS only now and then; upload while the other application is busy.',
    fixed: 'The bucket-level key was at hand from a minute before, and the upload went through without asking KMS.',
    facts: ['F-KMS-082', 'F-KMS-086', 'F-ERR-051', 'F-KMS-088', 'F-SIM-011'],
    exams: ['DVA-C02', 'SOA-C03', 'SAP-C02'],
    topics: ['cost and quotas', 'Bucket Keys'],
  },
};
