import type { Finder } from "../look-up";
import { dataFinders } from "./data";
import { ec2Finders } from "./ec2";
import { iamFinders } from "./iam";

/** How each type of resource is looked for, and which id Terraform's import wants of it. */
export const finders: Readonly<Record<string, Finder>> = { ...iamFinders, ...ec2Finders, ...dataFinders };
