import { DataAwsEips } from "@cdktf/provider-aws/lib/data-aws-eips";
import { DataAwsS3Objects } from "@cdktf/provider-aws/lib/data-aws-s3-objects";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Client, Described } from "../config/client";

/** Stops a plan that would make all of a deployed client again, and destroy nothing. */
export class StateGuard extends Construct {
  /**
   * Stops a plan for another account or region than the one that the state is of: AWS would know nothing there of what the state
   * holds.
   */
  constructor(scope: Construct, id: string, { name, accountId, region }: Described) {
    super(scope, id);
    const place = `${region} of account ${accountId}`;
    // cdktf's own construct of the type asks for a `terraform` binary at synth.
    const memory = new TerraformResource(this, "Place", {
      terraformResourceType: "terraform_data",
      lifecycle: {
        // What it was created with stays.
        ignoreChanges: ["input"],
        postcondition: [
          {
            condition: `\${self.output == "${place}"}`,
            errorMessage: `This state is of \${self.output}, and clients/${name}.ts says ${place}. Nothing moves from one to the other: what runs there would drop out of the state, keep running and keep costing. Correct the file; docs/operations.md says how a client moves.`,
          },
        ],
      },
    });
    memory.addOverride("input", place);
  }

  /**
   * Stops a plan on a state that does not exist, of a client that does, by its Elastic IP. What has no unique name would be
   * created twice, and what has one would fail half-way. A state in another account or region is not seen from here:
   * preflight asks for it.
   */
  refuseNewState({ name, accountId, region, state, stacks }: Client): void {
    if (state.accountId !== accountId || state.region !== region) {
      return;
    }
    const key = stacks.main.stateKey;
    const objects = new DataAwsS3Objects(this, "Objects", { bucket: state.bucket, prefix: key });
    new DataAwsEips(this, "Eips", {
      tags: { Project: "edx-analytics", Client: name },
      lifecycle: {
        postcondition: [
          {
            condition: `\${length(self.allocation_ids) == 0 || contains(${objects.fqn}.keys, "${key}")}`,
            errorMessage: `There is no state s3://${state.bucket}/${key}, but the client is deployed: its Elastic IP is \${join(", ", self.allocation_ids)}. A deploy would create all of it again. Correct \`state\` in clients/${name}.ts, or bring the state back: docs/operations.md.`,
          },
        ],
      },
    });
  }
}
