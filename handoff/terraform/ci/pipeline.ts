/** What a stack's CI runs with. */
export interface Pipeline {
  readonly stack: string;
  /** ARNs of the roles that plan and apply. */
  readonly roles: { readonly plan: string; readonly apply: string };
  readonly region: string;
  /** Region of the state's bucket. */
  readonly stateRegion: string;
  /** Where the plan that is to be applied is kept: encrypted, for three days. */
  readonly plan: string;
  /** The branch that is deployed. */
  readonly branch: string;
  /** The environment whose tokens apply. */
  readonly environment: string;
  /** Whether it logs in to MySQL, so needs a runner inside the VPC. */
  readonly insideVpc: boolean;
}

/** The version of Terraform that CI runs: the one of the project's own workflows. */
export const terraformVersion = "1.11.4";
