// Reads a server's and a repository's configuration as Atlantis does, and prints the repository's projects.
//
//	atlantis repos.yaml atlantis.yaml github.com/acme/infrastructure
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/runatlantis/atlantis/server/core/config"
	"github.com/runatlantis/atlantis/server/core/config/valid"
)

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(serverFile, repositoryFile, repository string) error {
	reader := config.ParserValidator{}
	server, err := reader.ParseGlobalCfg(serverFile, valid.NewGlobalCfgFromArgs(valid.GlobalCfgArgs{}))
	if err != nil {
		return err
	}
	data, err := os.ReadFile(repositoryFile)
	if err != nil {
		return err
	}
	parsed, err := reader.ParseRepoCfgData(data, server, repository, "main")
	if err != nil {
		return err
	}
	projects := []map[string]any{}
	for _, project := range parsed.Projects {
		projects = append(projects, map[string]any{
			"name":  project.GetName(),
			"dir":   project.Dir,
			"group": project.ExecutionOrderGroup,
			"files": project.Autoplan.WhenModified,
		})
	}
	return json.NewEncoder(os.Stdout).Encode(projects)
}
