import {
  type AccessKeyMetadata,
  type AttachedPolicy,
  GetAccessKeyLastUsedCommand,
  GetInstanceProfileCommand,
  GetOpenIDConnectProviderCommand,
  type GetOpenIDConnectProviderResponse,
  GetPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  type IAMClient,
  type InstanceProfile,
  type Policy,
  paginateListAccessKeys,
  paginateListAttachedRolePolicies,
  paginateListPolicies,
  type Role,
  type Tag,
  type User,
} from "@aws-sdk/client-iam";
import { pages, type Questions } from "./questions";

/** What is asked of IAM. */
export class Iam {
  constructor(
    private readonly client: IAMClient,
    private readonly questions: Questions,
    private readonly accountId: string,
  ) {}

  role(name: string): Promise<Role | undefined> {
    return this.questions.find(
      "iam:GetRole",
      name,
      async () => (await this.client.send(new GetRoleCommand({ RoleName: name }))).Role,
    );
  }

  instanceProfile(name: string): Promise<InstanceProfile | undefined> {
    return this.questions.find("iam:GetInstanceProfile", name, async () => {
      const command = new GetInstanceProfileCommand({ InstanceProfileName: name });
      return (await this.client.send(command)).InstanceProfile;
    });
  }

  user(name: string): Promise<User | undefined> {
    return this.questions.find(
      "iam:GetUser",
      name,
      async () => (await this.client.send(new GetUserCommand({ UserName: name }))).User,
    );
  }

  /** The account's own managed policy of a name. Names are unique, but ARNs have a path in them. */
  async policy(name: string): Promise<Policy | undefined> {
    const all = await this.questions.ask("iam:ListPolicies", "", () =>
      pages(paginateListPolicies({ client: this.client }, { Scope: "Local" }), (page) => page.Policies),
    );
    return all.find(({ PolicyName }) => PolicyName === name);
  }

  /** Tags of a managed policy, which no list of policies has. */
  async policyTags(arn: string): Promise<readonly Tag[]> {
    const found = await this.questions.ask("iam:GetPolicy", arn, () =>
      this.client.send(new GetPolicyCommand({ PolicyArn: arn })),
    );
    return found.Policy?.Tags ?? [];
  }

  /** Whether a user has an inline policy. */
  async hasUserPolicy(user: string, name: string): Promise<boolean> {
    const found = await this.questions.find("iam:GetUserPolicy", `${user} ${name}`, () =>
      this.client.send(new GetUserPolicyCommand({ UserName: user, PolicyName: name })),
    );
    return found !== undefined;
  }

  /** Whether a role has an inline policy. */
  async hasRolePolicy(role: string, name: string): Promise<boolean> {
    const found = await this.questions.find("iam:GetRolePolicy", `${role} ${name}`, () =>
      this.client.send(new GetRolePolicyCommand({ RoleName: role, PolicyName: name })),
    );
    return found !== undefined;
  }

  /** Managed policies on a role; none where there is no such role. */
  async attachedPolicies(role: string): Promise<readonly AttachedPolicy[]> {
    const found = await this.questions.find("iam:ListAttachedRolePolicies", role, () =>
      pages(
        paginateListAttachedRolePolicies({ client: this.client }, { RoleName: role }),
        (page) => page.AttachedPolicies,
      ),
    );
    return found ?? [];
  }

  /** A user's access keys; none where there is no such user. */
  async accessKeys(user: string): Promise<readonly AccessKeyMetadata[]> {
    const found = await this.questions.find("iam:ListAccessKeys", user, () =>
      pages(paginateListAccessKeys({ client: this.client }, { UserName: user }), (page) => page.AccessKeyMetadata),
    );
    return found ?? [];
  }

  /** When an access key was used last; undefined if never. */
  async lastUsed(accessKeyId: string): Promise<Date | undefined> {
    const found = await this.questions.ask("iam:GetAccessKeyLastUsed", accessKeyId, () =>
      this.client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId })),
    );
    return found.AccessKeyLastUsed?.LastUsedDate;
  }

  /** ARN that the account's OpenID Connect provider of an issuer has. */
  openIdConnectProviderArn(url: string): string {
    return `arn:aws:iam::${this.accountId}:oidc-provider/${url.replace(/^https:\/\//, "")}`;
  }

  openIdConnectProvider(url: string): Promise<GetOpenIDConnectProviderResponse | undefined> {
    const arn = this.openIdConnectProviderArn(url);
    return this.questions.find("iam:GetOpenIDConnectProvider", arn, () =>
      this.client.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })),
    );
  }
}
