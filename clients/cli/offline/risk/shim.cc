#include "clients/cli/offline/risk/register_verbs.h"
namespace reprise::cli { void AddGuardVerb(Cli&, CLI::App&) {} void AddPrepareVerb(Cli&, CLI::App&) {} }
