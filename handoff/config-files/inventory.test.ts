import { clientOf } from "../../test/client-files";
import { sourcesOf } from "../../test/outputs";
import { inventory } from "./inventory";

describe("the inventory", () => {
  const text = (layout: "single" | "separate", changes: object = {}) =>
    inventory(
      sourcesOf(clientOf({ hosts: { keyPair: { existing: "key" }, iterations: { "1": { layout } } }, ...changes })),
    ).text;

  it("has one host for all services, behind the director", () => {
    expect(text("single")).toContain(
      [
        "[insights]",
        "example-analytics-1 ansible_host=1.private",
        "",
        "[analytics_api]",
        "example-analytics-1 ansible_host=1.private",
        "",
        "[jenkins]",
        "example-analytics-1 ansible_host=1.private",
        "",
        "[analytics:children]",
        "insights",
        "analytics_api",
        "jenkins",
        "",
        "[analytics:vars]",
        "ansible_user=ubuntu",
        "# On the director itself, add -e ansible_ssh_common_args= to the command.",
        `ansible_ssh_common_args='-o ProxyCommand="ssh -W %h:%p -q ubuntu@192.0.2.2"'`,
        "",
      ].join("\n"),
    );
  });

  it("or one for each", () => {
    expect(text("separate")).toContain("[analytics_api]\nexample-analytics-1-api ansible_host=1-api.private\n");
  });

  it("has no way by a director of which the stack knows no address", () => {
    expect(text("single", { director: { existing: "sg-0a1b2c3d" } })).not.toContain("ProxyCommand");
  });
});
