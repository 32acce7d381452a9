// SPDX-License-Identifier: Apache-2.0
// The gateway before the echo service, for clients of other languages: prints its address, serves until
// standard input ends. The second line is the gRPC address of the echo service itself.
#include <iostream>
#include <string>

#include "services/gateway/testing/gateway_fixture.h"

int main() {
  reprise::gateway::Edge edge;
  std::cout << edge.address() << "\n" << edge.echo.address() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
  }
  return 0;
}
