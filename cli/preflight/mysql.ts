import type { ClientConfig } from "../../clients/config/client";
import { passwordParameter, putPasswordCommand } from "../../clients/config/parameters";
import { databasesStackName, masterLoginsOf } from "../../clients/config/resolve";
import { ask, type Context, type Finding, ok, warning } from "./finding";

/** Passwords of MySQL users that the operator puts into SSM. */
export async function* mysqlFindings({ aws, name }: Context, client: ClientConfig): AsyncGenerator<Finding> {
  for (const login of [
    "migration" as const,
    ...client.mysql.existingPasswords,
    ...(client.mysql.edxappAdmin === undefined ? [] : ["edxapp_admin" as const]),
    ...masterLoginsOf(client),
  ]) {
    yield await ask(`password of ${login}`, async () =>
      (await aws.ssm.hasParameter(passwordParameter(name, login)))
        ? ok("exists")
        : warning(
            `does not exist, and ${databasesStackName(client)} needs it. Put it there: ${putPasswordCommand(client.name, login, client.region)}`,
          ),
    );
  }
}
