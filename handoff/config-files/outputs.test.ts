import { clientOf } from "../../test/client-files";
import { outputJson } from "../../test/outputs";
import { readOutputs } from "./outputs";

function without(...names: string[]): string {
  const outputs = JSON.parse(outputJson(clientOf()));
  return JSON.stringify(Object.fromEntries(Object.entries(outputs).filter(([name]) => !names.includes(name))));
}

describe("the outputs of a stack", () => {
  it("are read as Terraform prints them", () => {
    expect(readOutputs(outputJson(clientOf()), clientOf())).toMatchObject({
      region: "eu-west-1",
      databases: { "1": { address: "example-analytics.cdefg.eu-west-1.rds.amazonaws.com", port: 3306 } },
    });
  });

  it.each([
    ["{}", /^no outputs were found: nothing is deployed, or it is another state\. Deploy example, then/],
    [
      "Warning: …",
      /^the outputs cannot be read: it is no JSON at line 1, column 1\. Write them with `terraform output -json > FILE`/,
    ],
    [without("databases", "emr_bucket"), /^the outputs databases, emr_bucket are missing or have another form/],
    [without("elasticsearch_endpoint"), /^the outputs elasticsearch_endpoint are missing/],
    [without("elasticsearch_access_key_id"), /^the outputs elasticsearch_access_key_id are missing/],
  ])("%.20s is refused", (json, message) => {
    expect(() => readOutputs(json, clientOf())).toThrow(message);
  });

  it.each([
    ["region", "eu-west-1; id", "region"],
    ["elastic_ip", "$(id)", "elastic_ip"],
    ["director_public_ip", "192.0.2.1 -o ProxyCommand=id", "director_public_ip"],
    ["edxapp_database", { address: "a`id`", port: 3306, user: "edxapp001" }, "edxapp_database.address"],
    ["databases", { "1": { address: "a", port: "1;id" } }, "databases.1.port"],
  ])("stand in commands, so %s is no %j", (name, value, shown) => {
    const outputs = JSON.stringify({ ...JSON.parse(outputJson(clientOf())), [name]: { value } });

    expect(() => readOutputs(outputs, clientOf())).toThrow(`the outputs ${shown} are missing or have another form`);
  });

  it("have no secret of an access key that was imported", () => {
    const imported = without("elasticsearch_secret_access_key");
    const asNull = JSON.stringify({ ...JSON.parse(imported), elasticsearch_secret_access_key: { value: null } });

    for (const json of [imported, asNull]) {
      const outputs = readOutputs(json, clientOf());
      expect(outputs.elasticsearch_access_key_id).toBe("AKIA-elasticsearch");
      expect(outputs.elasticsearch_secret_access_key).toBeUndefined();
    }
    expect(readOutputs(imported, clientOf({ pgpKey: "keybase:operator" }))).toEqual(readOutputs(imported, clientOf()));
  });

  it("have to be those that the client file asks for", () => {
    expect(() => readOutputs(outputJson(clientOf()), clientOf({ buckets: { apiReports: {} } }))).toThrow(
      "the outputs api_reports_bucket, reports_access_key_id are missing",
    );
    expect(() => readOutputs(outputJson(clientOf()), clientOf({ pgpKey: "keybase:operator" }))).toThrow(
      "the outputs elasticsearch_encrypted_secret_access_key are missing",
    );
  });
});
