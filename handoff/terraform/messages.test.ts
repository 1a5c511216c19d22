import { speakingOfHcl } from "./messages";

const said = (message: string) => speakingOfHcl({ lifecycle: [{ postcondition: [{ error_message: message }] }] });
const says = (message: string) => ({ lifecycle: [{ postcondition: [{ error_message: message }] }] });

describe("messages of conditions", () => {
  it("name the exported file in the place of the client file's field", () => {
    expect(
      said(
        "Subnet ${self.id} is in ${self.vpc_id}, not in the VPC of the client file. Correct `network.subnetId` or `network.vpcId`.",
      ),
    ).toEqual(
      says(
        "Subnet ${self.id} is in ${self.vpc_id}, not in the VPC of network.tf. Correct the id of the subnet or of the VPC there.",
      ),
    );
  });

  it("keep what is evaluated in them", () => {
    const running = '\\"${join(".", slice(split(".", self.engine_version_actual), 0, 2))}\\"';

    expect(
      said(
        `acme runs MySQL \${self.engine_version_actual}, and is to be 8.0. An iteration keeps the version that it was made with: set engineVersion of the database's iteration 2 to ${running}. Another version is a new iteration.`,
      ),
    ).toEqual(
      says(
        `acme runs MySQL \${self.engine_version_actual}, and is to be 8.0. An instance keeps the version that it was made with: set database_2_engine_version, and its validation, to ${running}. Another version is a new instance beside it.`,
      ),
    );
  });

  it("name the variable of a database's version", () => {
    const running = '\\"${self.engine_version_actual}\\"';

    expect(
      said(`RDS has moved on and refuses to go back. Set engineVersion of the database's iteration 2 to ${running}.`),
    ).toEqual(says(`RDS has moved on and refuses to go back. Set database_2_engine_version to ${running}.`));
  });

  it("are left as they are where they name no client file, as are values that are no messages", () => {
    const body = {
      error_message: "DNS hostnames are off in VPC ${self.id}.",
      description: "Name a bucket there, or leave the field out for a managed one.",
    };

    expect(speakingOfHcl(body)).toEqual(body);
  });
});
