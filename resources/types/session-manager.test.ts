import { taken } from "../../test/alarms-of-changes";

const policy = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: "ssmmessages:OpenDataChannel", Resource: "*" }],
});
const removed = (before: object) => ({ actions: ["delete"], before });

describe("hosts that Session Manager no longer reaches", () => {
  it("have an alarm where their role loses the policy", () => {
    const before = { name: "session-manager", role: "edxanalytics", policy };

    expect(taken({ "aws_iam_role_policy.session_manager_jenkins": removed(before) })).toEqual([
      "aws_iam_role_policy.session_manager_jenkins is destroyed, and with it this statement: allow ssmmessages:OpenDataChannel on *",
    ]);
  });

  it("have an alarm where they lose the profile of the role that has nothing else", () => {
    const name = "acme-session-manager";
    const changes = {
      "aws_instance.director": {
        actions: ["update"],
        before: { iam_instance_profile: name },
        after: { iam_instance_profile: "" },
      },
      "aws_iam_instance_profile.session_manager": removed({ name, role: name }),
    };

    expect(taken(changes)).toEqual([
      `aws_instance.director loses the instance profile ${name}, and what that allows`,
      `aws_iam_instance_profile.session_manager is destroyed: hosts with it lose the role ${name}`,
    ]);
  });

  it("have another where the profile is destroyed and stays on them, as the provider cannot take it off", () => {
    const name = "acme-session-manager";
    const host = { iam_instance_profile: name };
    const changes = {
      "aws_instance.director": { actions: ["no-op"], before: host, after: host },
      "aws_iam_instance_profile.session_manager": removed({ name, role: name }),
    };

    expect(taken(changes)).toEqual([
      `aws_iam_instance_profile.session_manager is destroyed: hosts with it lose the role ${name}`,
      "aws_iam_instance_profile.session_manager is destroyed, and stays on a host, which a later profile of that name is of no use to: `aws ec2 disassociate-iam-instance-profile` first, or keep it, in a client file by `sessionManager: false`",
    ]);
  });
});
