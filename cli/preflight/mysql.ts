import { ListTagsForResourceCommand, paginateDescribeParameters } from "@aws-sdk/client-ssm";
import type { ClientConfig } from "../../clients/config/client";
import { type MysqlLogin, passwordParameter, putPasswordCommand } from "../../clients/config/parameters";
import { databasesStackName, generatedLoginsOf, masterLoginsOf } from "../../clients/config/resolve";
import { pages } from "../pages";
import { ask, type Context, type Finding, nameIsFree, ok, warning } from "./finding";

/** Passwords of MySQL users: the parameters that the stack makes, and those that its operator has to put there. */
export async function* mysqlFindings(context: Context, client: ClientConfig): AsyncGenerator<Finding> {
  for (const login of generatedLoginsOf(client)) {
    yield await parameter(context, login, async (name) => {
      const tags = (await exists(context, name)) ? await tagsOf(context, name) : undefined;
      return nameIsFree(context, tags, `Delete it if nobody needs it: \`aws ssm delete-parameter --name ${name}\``);
    });
  }
  for (const login of [
    "migration" as const,
    ...client.mysql.existingPasswords,
    ...(client.mysql.edxappAdmin === undefined ? [] : ["edxapp_admin" as const]),
    ...masterLoginsOf(client),
  ]) {
    yield await parameter(context, login, async (name) =>
      (await exists(context, name))
        ? ok("is there")
        : warning(
            `is missing, and ${databasesStackName(client)} needs it. Put it there: ${putPasswordCommand(client.name, login, client.region)}`,
          ),
    );
  }
}

function parameter(
  context: Context,
  login: MysqlLogin,
  answer: (name: string) => ReturnType<Parameters<typeof ask>[1]>,
): Promise<Finding> {
  return ask(`password of ${login}`, () => answer(passwordParameter(context.name, login)));
}

/** Asked without reading it: who may deploy need not be told the password. */
async function exists({ aws }: Context, name: string): Promise<boolean> {
  const ParameterFilters = [{ Key: "Name", Option: "Equals", Values: [name] }];
  const all = pages(paginateDescribeParameters({ client: aws.ssm }, { ParameterFilters }), (page) => page.Parameters);
  return (await aws.ask("ssm:DescribeParameters", all)).length > 0;
}

async function tagsOf({ aws }: Context, name: string) {
  const { TagList = [] } = await aws.ask(
    "ssm:ListTagsForResource",
    aws.ssm.send(new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: name })),
  );
  return TagList;
}
