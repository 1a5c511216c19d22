import type { Client } from "../../config/client";
import { putParameterCommand } from "../../handoff/config-files/put-parameter";
import { type Finding, ok, warning } from "../findings";
import { ask, type Context } from "./finding";

/** Passwords of MySQL users that the operator puts into SSM. */
export async function* mysqlFindings({ aws }: Context, { mysql, stacks }: Client): AsyncGenerator<Finding> {
  for (const login of mysql.supplied) {
    const parameter = mysql.parameters[login] as string;
    yield await ask(`password of ${login}`, async () =>
      (await aws.ssm.hasParameter(parameter))
        ? ok("exists")
        : warning(
            `does not exist, and ${stacks.databases.name} needs it. Put it there: \`${putParameterCommand(parameter, aws.region)}\`.`,
          ),
    );
  }
}
