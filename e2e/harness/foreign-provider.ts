import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { providerPlatform } from "./prerequisites";
import type { World } from "./world";

const address = "registry.terraform.io/evil/evil";

/** Where a state is. */
interface Place {
  readonly Bucket: string;
  readonly Key: string;
}

/** A provider that is not locked, that a state names, and that Terraform can have. */
export class ForeignProvider {
  private constructor(
    private readonly world: World,
    private readonly place: Place,
    private readonly state: string,
    private readonly folder: string,
  ) {}

  /** Writes a resource of it into a state, as whoever may write the state can. */
  static async inState(world: World, place: Place): Promise<ForeignProvider> {
    const { Body } = await world.s3.send(new GetObjectCommand(place));
    const state = (await Body?.transformToString()) as string;
    const foreign = new ForeignProvider(world, place, state, join(world.tools.folder, "foreign-provider"));
    foreign.publish();
    const { resources, ...rest } = JSON.parse(state);
    const instances = [{ schema_version: 0, attributes: { id: "x" } }];
    const thing = { mode: "managed", type: "evil_thing", name: "x", provider: `provider["${address}"]`, instances };
    await foreign.write(JSON.stringify({ ...rest, resources: [...resources, thing] }));
    return foreign;
  }

  /** What commands find it by. */
  get environment(): Record<string, string> {
    return { TF_CLI_CONFIG_FILE: this.cliConfig };
  }

  hasRun(): boolean {
    return existsSync(join(this.folder, "ran"));
  }

  /** The state is again what it was. */
  async takeBack(): Promise<void> {
    await this.write(this.state);
    rmSync(this.folder, { recursive: true });
  }

  private get cliConfig(): string {
    return join(this.folder, "terraform.rc");
  }

  private publish(): void {
    const version = join(this.folder, "mirror", address, "1.0.0", providerPlatform);
    mkdirSync(version, { recursive: true });
    const script = `#!/bin/sh\ntouch '${join(this.folder, "ran")}'\nexit 1\n`;
    writeFileSync(join(version, "terraform-provider-evil_v1.0.0"), script, { mode: 0o755 });
    const { mirror } = this.world.tools;
    const here = `filesystem_mirror {\n    path = "${join(this.folder, "mirror")}"\n    include = ["${address}"]\n  }`;
    const others =
      mirror === undefined
        ? `direct {\n    exclude = ["${address}"]\n  }`
        : `filesystem_mirror {\n    path = "${mirror}"\n    exclude = ["${address}"]\n  }`;
    writeFileSync(this.cliConfig, `disable_checkpoint = true\nprovider_installation {\n  ${here}\n  ${others}\n}\n`);
  }

  private async write(Body: string): Promise<void> {
    await this.world.s3.send(new PutObjectCommand({ ...this.place, Body, ContentType: "application/json" }));
  }
}
