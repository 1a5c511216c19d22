import type { SSM } from "@aws-sdk/client-ssm";
import { Service } from "./service";

/** The most names that SSM takes in one call. */
const namesInACall = 10;

/** A SecureString to be made. */
export interface NewSecret {
  readonly name: string;
  readonly description: string;
  readonly value: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What is asked of SSM's parameters, and told them. */
export class Ssm extends Service<SSM> {
  private readonly parameters = this.list("ssm:DescribeParameters", "Parameters", (name: string) =>
    this.client.paginateDescribeParameters({ ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [name] }] }),
  );
  readonly tags = this.ask(
    "ssm:ListTagsForResource",
    async (ResourceId: string) =>
      (await this.client.listTagsForResource({ ResourceType: "Parameter", ResourceId })).TagList ?? [],
  );
  private readonly someValues = this.call("ssm:GetParameters", (Names: string[]) =>
    this.client.getParameters({ Names, WithDecryption: true }),
  );
  /** Makes a SecureString; one that exists by now is kept, and is an error. */
  readonly create = this.call("ssm:PutParameter", ({ name, description, value, tags }: NewSecret) =>
    this.client.putParameter({
      Name: name,
      Description: description,
      Type: "SecureString",
      Value: value,
      Overwrite: false,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );

  /** Whether there is a parameter. Its value is not read: who may deploy need not be told a password. */
  async hasParameter(name: string): Promise<boolean> {
    return (await this.parameters(name)).length > 0;
  }

  /** Values of those of some parameters that exist, by name. */
  async values(names: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const found: Record<string, string> = {};
    for (let index = 0; index < names.length; index += namesInACall) {
      const { Parameters = [] } = await this.someValues(names.slice(index, index + namesInACall));
      for (const { Name = "", Value = "" } of Parameters) {
        found[Name] = Value;
      }
    }
    return found;
  }
}
