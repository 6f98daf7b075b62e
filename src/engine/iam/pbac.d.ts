/** As much of the package as tests of the policy evaluation ask it. */
declare module 'pbac' {
  class Pbac {
    constructor(
      policies: readonly object[],
      options?: { readonly validateSchema?: boolean; readonly validatePolicies?: boolean },
    );
    evaluate(question: {
      readonly action: string;
      readonly resource: string;
      readonly principal?: Readonly<Record<string, readonly string[]>>;
      readonly context?: object;
    }): boolean;
  }
  export = Pbac;
}
