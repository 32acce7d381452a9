// SPDX-License-Identifier: Apache-2.0
// gRPC 1.51 ends the threads of its callback API with the last channel or server that uses it, and aborts the
// process where that happens on one of those threads, as it may when a call's end drops the last channel
// (https://github.com/grpc/grpc/pull/32584).
#ifndef REPRISE_PLATFORM_RPC_CALLBACK_THREADS_H_
#define REPRISE_PLATFORM_RPC_CALLBACK_THREADS_H_

namespace reprise::rpc {

// Whoever opens a channel or server for callbacks asks for this first: from then on the threads live as long
// as the process. Thread-safe.
void KeepCallbackThreads();

}  // namespace reprise::rpc

#endif  // REPRISE_PLATFORM_RPC_CALLBACK_THREADS_H_
