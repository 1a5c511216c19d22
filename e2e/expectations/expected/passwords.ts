import { GetParameterCommand } from "@aws-sdk/client-ssm";
import type { Client } from "../../../config/client";
import type { World } from "../../harness/world";
import { equal, holds } from "../equal";

/** Compares the parameters of MySQL passwords with the client file; the part `databases` says who else sees them. */
export async function expectPasswords(world: World, { name, mysql }: Client): Promise<void> {
  const parameter = async (path: string) => {
    const Name = `/edx-analytics/${name}/mysql/${path}`;
    return (await world.ssm.send(new GetParameterCommand({ Name, WithDecryption: true }))).Parameter;
  };
  const { analytics, edxapp_ro } = mysql.passwordVersions;
  for (const login of mysql.generated) {
    const found = await parameter(login);
    equal(`type of ${login}'s`, found?.Type, "SecureString");
    holds(`${login}'s is random`, /^[A-Za-z0-9]{32}$/.test(found?.Value ?? ""));
  }
  equal("deployed versions", JSON.parse((await parameter("versions/passwords"))?.Value ?? ""), {
    analytics,
    edxapp_ro,
  });
}
