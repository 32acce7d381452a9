// SPDX-License-Identifier: Apache-2.0
// The gateway's part of the configuration, checked and turned into what the parts want.
#ifndef REPRISE_GATEWAY_SETTINGS_H_
#define REPRISE_GATEWAY_SETTINGS_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/platform/v1/config.pb.h"

#include "services/gateway/http/server.h"
#include "services/gateway/session/caller.h"

namespace reprise::gateway {

// Errors of all: see Gateway::Start.
absl::StatusOr<Server::Options> ServerOptionsOf(const platform::v1::Config::Gateway& config);
absl::StatusOr<Site> SiteOf(const platform::v1::Config::Gateway& config);
absl::StatusOr<std::shared_ptr<grpc::Channel>> ChannelOf(
    const platform::v1::Config::Gateway& config, std::shared_ptr<grpc::Channel> own);
// Limits and times; the handlers are for the caller to set.
Service ServiceOf(const platform::v1::Config::Gateway& config);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_SETTINGS_H_
