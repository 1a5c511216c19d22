import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { synthesizeClient } from "../test/synth";

const separate = { hosts: { ...example.hosts, iterations: { "1": {}, "2": { layout: "separate" } } } } as const;
const director = { keyPair: { existing: "director" }, sshFrom: [] };

function withSessions(changes: Partial<ClientInput> = {}) {
  return synthesizeClient({ sessionManager: true, ...changes });
}

/** The roles that hosts have, by the addresses of their profiles. */
function profiles({ resource }: ReturnType<typeof withSessions>) {
  return Object.fromEntries(
    Object.entries(resource.aws_instance ?? {}).map(([host, { iam_instance_profile: profile }]) => [
      host,
      /^\$\{aws_iam_instance_profile\.(.+)\.name\}$/.exec(profile)?.[1],
    ]),
  );
}

/** The roles that Session Manager reaches hosts by. */
function reached({ resource }: ReturnType<typeof withSessions>) {
  return Object.values(resource.aws_iam_role_policy ?? {})
    .filter(({ name }) => name === "session-manager")
    .map(({ role, policy }) => {
      expect(policy).toBe("${data.aws_iam_policy_document.session_manager_sessions.json}");
      return /^\$\{aws_iam_role\.(.+)\.name\}$/.exec(role)?.[1];
    });
}

describe("Session Manager", () => {
  it("reaches no host by default", () => {
    const template = synthesizeClient();

    expect(reached(template)).toEqual([]);
    expect(profiles(template)).toEqual({ director: undefined, analytics_1: "emr_provisioning" });
    expect(template.output).not.toHaveProperty("director_instance_id");
  });

  it("leaves hosts the role that they got for it, without rights, where it reaches them no longer", () => {
    const template = synthesizeClient({ sessionManager: false, ...separate });

    expect(profiles(template)).toEqual(profiles(withSessions(separate)));
    expect(template.resource.aws_iam_role).toHaveProperty("session_manager");
    expect(reached(template)).toEqual([]);
    expect(template.output).not.toHaveProperty("director_instance_id");
  });

  it("reaches the single host by its role, and a director without one by a role of its own", () => {
    const template = withSessions();

    expect(profiles(template)).toEqual({ director: "session_manager", analytics_1: "emr_provisioning" });
    expect(reached(template).sort()).toEqual(["emr_provisioning", "session_manager"]);
    expect(template.resource.aws_iam_role?.session_manager?.name).toBe("example-session-manager");
    expect(template.output.director_instance_id?.value).toBe("${aws_instance.director.id}");
  });

  it("reaches every host of every iteration and layout", () => {
    expect(profiles(withSessions(separate))).toEqual({
      director: "session_manager",
      analytics_1: "emr_provisioning",
      analytics_2_insights: "session_manager",
      analytics_2_api: "session_manager",
      analytics_2_jenkins: "emr_provisioning",
    });
  });

  it("reaches a director that reads passwords by that role", () => {
    const template = withSessions({ director: { ...director, passwordReader: {} } });

    expect(profiles(template)).toEqual({ director: "director", analytics_1: "emr_provisioning" });
    expect(reached(template).sort()).toEqual(["director", "emr_provisioning"]);
    expect(template.resource.aws_iam_role).not.toHaveProperty("session_manager");
  });

  it("leaves a director that exists to its owner", () => {
    const template = withSessions({ director: { existing: "sg-0a1b2c3d" } });

    expect(reached(template)).toEqual(["emr_provisioning"]);
    expect(template.output).not.toHaveProperty("director_instance_id");
  });

  it("may use sessions, and read no parameter", () => {
    const { data } = withSessions();

    expect(data.aws_iam_policy_document?.session_manager_sessions?.statement).toEqual([
      {
        effect: "Allow",
        actions: [
          "ssm:UpdateInstanceInformation",
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        resources: ["*"],
      },
    ]);
  });

  it("changes nothing of a host but its profile: metadata stays with IMDSv2 where Jenkins is not", () => {
    const hosts = (template: ReturnType<typeof withSessions>) =>
      Object.values(template.resource.aws_instance ?? {}).map(({ iam_instance_profile: _, ...host }) => host);

    expect(hosts(withSessions(separate))).toEqual(hosts(synthesizeClient(separate)));
  });

  it("lets the director's group be without a rule for SSH", () => {
    const { resource } = withSessions({ director });

    expect(
      Object.keys(resource.aws_vpc_security_group_ingress_rule ?? {}).filter((rule) => /^director/.test(rule)),
    ).toEqual([]);
  });
});
