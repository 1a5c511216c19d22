import { refersTo } from "../block-order";
import { asObject, type Entry, entriesOf, type Synthesised } from "../entries";
import { type Block, plainBlock } from "../hcl/body";
import { Raw, type Value } from "../hcl/value";
import { type Answer, answers } from "./answers";
import { attributes, run } from "./run";

/**
 * Runs in which what a plan asks of AWS has answers that the conditions take and refuse, without AWS and credentials.
 * Each plans the data sources that it is of: the rest would ask AWS, ephemeral resources whatever else stands here.
 * @returns none where no data source has conditions
 */
export function conditionTests(synthesised: Synthesised): Block[] {
  const sources = entriesOf(synthesised).filter(
    ({ section, labels: [type = ""] }) => section === "data" && type in answers,
  );
  const vpcId = idOfVpc(sources);
  const answered = sources.map((entry) => {
    const [type = ""] = entry.labels;
    const asked = { arguments: entry.arguments as never, vpcId };
    return { entry, ...(answers[type] as (typeof answers)[string])(asked) };
  });
  const conditional = answered.filter(({ entry }) => "postcondition" in lifecycleOf(entry));
  if (conditional.length === 0) {
    return [];
  }
  const needed = withWhatTheyNeed(
    conditional.map(({ entry }) => entry),
    sources,
  );
  return [
    provider(synthesised),
    ...answered.filter(({ entry }) => needed.includes(entry)).map(({ entry, holds }) => override(entry, holds)),
    runOf(
      "holds",
      conditional.map(({ entry }) => entry),
    ),
    ...conditional.flatMap(({ entry, fails }) =>
      Object.entries(fails).map(([wrong, answer]) =>
        runOf(`${entry.labels.join("_")}_${wrong}`, [entry], override(entry, answer)),
      ),
    ),
  ];
}

function lifecycleOf({ arguments: body }: Entry) {
  const { lifecycle } = asObject(body);
  return asObject(Array.isArray(lifecycle) ? lifecycle[0] : lifecycle);
}

/** Entries, and those that they refer to. */
function withWhatTheyNeed(entries: readonly Entry[], all: readonly Entry[]): readonly Entry[] {
  const needed = all.filter(
    (other) =>
      entries.includes(other) || entries.some((entry) => refersTo(JSON.stringify(entry.arguments), other.address)),
  );
  return needed.length === entries.length ? needed : withWhatTheyNeed(needed, all);
}

function idOfVpc(sources: readonly Entry[]): string {
  const vpc = sources.find(({ labels: [type] }) => type === "aws_vpc");
  const { id } = asObject(vpc?.arguments);
  return typeof id === "string" ? id : "vpc-00000000000000001";
}

/** One that asks AWS for nothing when it is configured. */
function provider(synthesised: Synthesised): Block {
  const [{ region } = {}] = [asObject(synthesised.provider).aws].flat().map((body) => asObject(body as Value));
  const settings = {
    region: region as Value,
    access_key: "test",
    secret_key: "test",
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_requesting_account_id: true,
  };
  return plainBlock("provider", ["aws"], attributes(settings));
}

/** OpenTofu refuses values of what the configuration gives. */
function override({ address, arguments: given }: Entry, answer: Answer): Block {
  const values = Object.entries(answer).filter(([name]) => !(name in asObject(given)));
  return plainBlock("override_data", [], attributes({ target: new Raw(address), values: Object.fromEntries(values) }));
}

/** @param wrong the answer that fails */
function runOf(name: string, targets: readonly Entry[], wrong?: Block): Block {
  const addresses = targets.map(({ address }) => address);
  const options = plainBlock("plan_options", [], attributes({ target: addresses.map((address) => new Raw(address)) }));
  return run(name, [options, ...(wrong === undefined ? [] : [wrong])], wrong === undefined ? [] : addresses);
}
