import { testStacks } from "edx-analytics-aws/testing";

testStacks();
