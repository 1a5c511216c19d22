import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { zipSync } from "fflate";
import { Aws } from "../../resources/aws/aws";
import { clientOf } from "../../test/client-files";
import { mockClient } from "../../test/mock-client";
import { sourcesOf } from "../../test/outputs";
import { localFileLines, localFiles, refuseChanges, uploadFiles } from "./upload";

const s3 = mockClient(S3Client);
const top = mkdtempSync(join(tmpdir(), "edx-analytics-upload-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const client = clientOf();
const sources = sourcesOf(client);
const script = "#!/bin/bash\ncp mysql-connector-java-bin.jar lib\n";

/** A folder with files. */
function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(top, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    writeFileSync(join(folder, file), content);
  }
  return folder;
}

let aws: Aws;
/** What S3 has, by key. */
let objects: Record<string, string>;
beforeEach(() => {
  objects = {};
  // One that remembers nothing.
  aws = new Aws(client, client.region);
  s3.reset();
  s3.on(GetObjectCommand).callsFake(({ Key }: { Key: string }) => {
    if (objects[Key] === undefined) {
      throw Object.assign(new Error("no such object"), { name: "NoSuchKey", $metadata: { httpStatusCode: 404 } });
    }
    return { Body: { transformToByteArray: async () => Buffer.from(objects[Key] as string) } };
  });
  s3.on(PutObjectCommand).resolves({});
});

const found = (...folders: string[]) => localFiles("example", sources, folders, aws);

describe("--from", () => {
  it("takes each object from the first folder that has it, and uploads what is new", async () => {
    const first = folderOf("first", { "README.md": "" });
    const second = folderOf("second", { "install-sqoop": script });
    const third = folderOf("third", { "install-sqoop": `${script}# another\n` });
    const files = await found(first, second, third);
    await uploadFiles(files, aws);

    expect(localFileLines(files)).toEqual([
      `  new   s3://example-analytics-emr/install-sqoop  from ${join(second, "install-sqoop")}`,
    ]);
    expect(s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input)).toEqual([
      {
        Bucket: "example-analytics-emr",
        Key: "install-sqoop",
        Body: Buffer.from(script),
        ExpectedBucketOwner: "123456789012",
      },
    ]);
  });

  it("packs the connector's jar into the archive that the pipeline expects", async () => {
    const version = "5.1.49";
    const jar = zipSync({
      "META-INF/MANIFEST.MF": Buffer.from(`Implementation-Version: ${version}\n`),
      "com/mysql/jdbc/Driver.class": new Uint8Array(8),
    });
    const folder = folderOf("connector", {});
    writeFileSync(join(folder, `mysql-connector-java-${version}.jar`), jar);
    const configured = sourcesOf(clientOf({ configurationFiles: { mysqlConnectorVersion: version } }));
    await uploadFiles(await localFiles("example", configured, [folder], aws), aws);

    const [{ Key, Body } = {}] = s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input);
    expect(Key).toBe(`mysql-connector-java-${version}.tar.gz`);
    expect(
      gunzipSync(Body as Uint8Array)
        .subarray(512, 512 + jar.length)
        .equals(jar),
    ).toBe(true);
  });

  it("uploads nothing that exists", async () => {
    objects["install-sqoop"] = script;
    const files = await found(folderOf("same", { "install-sqoop": script }));
    await uploadFiles(files, aws);

    expect(files.map(({ verdict }) => verdict)).toEqual(["unchanged"]);
    expect(s3.commandCalls(PutObjectCommand)).toEqual([]);
  });

  it("changes an object with --yes alone", async () => {
    objects["install-sqoop"] = "#!/bin/sh\n";
    const files = await found(folderOf("other", { "install-sqoop": script }));

    expect(() => refuseChanges("example", files)).toThrow(
      "example: s3://example-analytics-emr/install-sqoop would change. Repeat the command with --yes",
    );
    expect(() => refuseChanges("example", files, true)).not.toThrow();
  });

  it("says everything that is wrong before it asks S3", async () => {
    const folder = folderOf("wrong", { "install-sqoop": "<html>", "GeoIP.dat": "<html>" });
    const none = join(top, "none");

    await expect(found(none, folder)).rejects.toThrow(
      new RegExp(
        [
          `^example: ${none} is no folder\\. Correct \`--from\`\\.`,
          `example: ${folder}/install-sqoop is no script.*\\.`,
          `example: ${folder}/GeoIP\\.dat is no GeoIP database\\..*\\.`,
          "Nothing was written\\.$",
        ].join("\n"),
      ),
    );
    expect(s3.commandCalls(GetObjectCommand)).toEqual([]);
  });

  it("says which files it looks for where it finds none", async () => {
    await expect(found(folderOf("empty", {}))).rejects.toThrow(
      "has none of install-sqoop, mysql-connector-java-5.1.47.jar, edx-analytics-hadoop-util.jar, GeoIP.dat.",
    );
  });
});
