import { blocks, texts } from "../attributes";
import { access } from "./alarm";
import type { AlarmRule } from "./resource-type";
import { existing } from "./rules";

/**
 * The end of a security group that nothing of the plan is in: EMR's, which Jenkins' settings name by its id. Of any other, what was in
 * it ends or leaves it in the same plan, and has an alarm of its own.
 */
export const groupEnds: AlarmRule = ({ before }, plan) => {
  const isHeld = existing(plan, "aws_instance", "aws_db_instance", "aws_elasticsearch_domain", "aws_lb").some(
    (holder) =>
      [
        holder.before.vpc_security_group_ids,
        holder.before.security_groups,
        ...blocks(holder.before.vpc_options).map(({ security_group_ids: ids }) => ids),
      ]
        .flatMap(texts)
        .includes(String(before.id)),
  );
  return [
    !isHeld &&
      access`ends the security group ${before.name}, ${before.id}, with its rules: what names it, as EMR's clusters do, no longer starts`,
  ];
};
