import {
  GetParametersCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  paginateDescribeParameters,
  type SSMClient,
  type Tag,
} from "@aws-sdk/client-ssm";
import { pages, type Questions } from "./questions";

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
export class Ssm {
  constructor(
    private readonly client: SSMClient,
    private readonly questions: Questions,
  ) {}

  /** Whether there is a parameter. Its value is not read: who may deploy need not be told a password. */
  async hasParameter(name: string): Promise<boolean> {
    const input = { ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [name] }] };
    const found = await this.questions.ask("ssm:DescribeParameters", name, () =>
      pages(paginateDescribeParameters({ client: this.client }, input), (page) => page.Parameters),
    );
    return found.length > 0;
  }

  async tags(name: string): Promise<readonly Tag[]> {
    const { TagList = [] } = await this.questions.ask("ssm:ListTagsForResource", name, () =>
      this.client.send(new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: name })),
    );
    return TagList;
  }

  /** Values of those of some parameters that there are, by name. */
  async values(names: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const found: Record<string, string> = {};
    for (let index = 0; index < names.length; index += namesInACall) {
      const Names = names.slice(index, index + namesInACall);
      const { Parameters = [] } = await this.questions.send("ssm:GetParameters", () =>
        this.client.send(new GetParametersCommand({ Names, WithDecryption: true })),
      );
      for (const { Name = "", Value = "" } of Parameters) {
        found[Name] = Value;
      }
    }
    return found;
  }

  /** Makes a SecureString; one that somebody made in the meantime stays, and is an error. */
  async create({ name, description, value, tags }: NewSecret): Promise<void> {
    await this.questions.send("ssm:PutParameter", () =>
      this.client.send(
        new PutParameterCommand({
          Name: name,
          Description: description,
          Type: "SecureString",
          Value: value,
          Overwrite: false,
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        }),
      ),
    );
  }
}
