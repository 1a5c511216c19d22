import { mistakes } from "../../test/client-files";

describe("a role that deploys", () => {
  const arn = (role: string) => `arn:aws:iam::123456789012:role/${role}`;

  it.each([
    ["Edxapp", "path/edxapp"],
    ["edxapp", "edxapp"],
  ])("is not edxapp's, whose credentials edxapp has: %s", (deploys, edxapp) => {
    expect(mistakes({ deployRoleArn: arn(deploys), "edxapp.userArn": arn(edxapp) })).toEqual([
      `\`deployRoleArn\` is "${arn(deploys)}"; it is \`edxapp.userArn\`, whose credentials edxapp has. Name the role of those who deploy.`,
    ]);
  });

  it("is no service-linked role", () => {
    const role = arn("aws-service-role/es/x");

    expect(mistakes({ deployRoleArn: role })).toEqual([
      `\`deployRoleArn\` is "${role}"; AWS's own service alone assumes a service-linked role. Name the role of those who deploy.`,
    ]);
  });

  it.each(["deploy", "edxapp", "edxapp-deploy"])("is whoever else: %s", (role) => {
    expect(mistakes({ deployRoleArn: arn(role) })).toEqual([]);
  });
});
