// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "services/gateway/http/connection.h"

#include <boost/asio/post.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace reprise::gateway {
namespace {

// What a client may still send, unread, after an answer that ends its connection.
constexpr size_t kMaxLinger = 8 << 20;
constexpr absl::Duration kLingerTime = absl::Seconds(2);

}  // namespace

// The exchange of the request under way; a handler may hold it longer, and then it does nothing.
class Connection::Turn final : public Exchange {
 public:
  Turn(std::shared_ptr<Connection> connection, Request request)
      : connection_(std::move(connection)), request_(std::move(request)), begun_(absl::Now()) {}

  const Request& request() const override { return request_; }
  Record& record() override { return record_; }
  void Post(std::function<void()> work) override {
    boost::asio::post(connection_->thread_, std::move(work));
  }
  void OnGone(std::function<void()> gone) override { gone_ = std::move(gone); }

  void Send(Response response) override {
    if (!Live() || status_ != 0) return;
    if (response.status != 204 && response.status != 304) {
      response.headers.emplace_back("Content-Length", absl::StrCat(response.body.size()));
    }
    if (request_.method == "HEAD") response.body.clear();
    std::string bytes = Head(response);
    absl::StrAppend(&bytes, response.body);
    bytes_ = response.body.size();
    Finish(std::move(bytes));
  }

  void Begin(Response head) override {
    if (!Live() || status_ != 0) return;
    chunked_ = !request_.http10;
    if (chunked_) head.headers.emplace_back("Transfer-Encoding", "chunked");
    if (!chunked_) connection_->last_ = true;
    connection_->Queue(Head(head), nullptr);
  }

  void Write(std::string bytes, std::function<void()> written) override {
    if (!Live() || bytes.empty()) return;
    bytes_ += bytes.size();
    if (chunked_) bytes = absl::StrCat(absl::Hex(bytes.size()), "\r\n", bytes, "\r\n");
    connection_->Queue(std::move(bytes), std::move(written));
  }

  void End() override {
    if (!Live()) return;
    Finish(chunked_ ? "0\r\n\r\n" : "");
  }

  // The client has gone.
  void Gone() {
    if (over_) return;
    const auto gone = std::move(gone_);
    Over();
    if (gone) gone();
  }

 private:
  bool Live() const { return !over_ && connection_->turn_.get() == this; }

  std::string Head(Response& response) {
    if (!request_.keep_alive) connection_->last_ = true;
    if (connection_->last_) response.headers.emplace_back("Connection", "close");
    AddStandardHeaders(response, connection_->secure_, absl::Now());
    status_ = response.status;
    return HeadText(response);
  }

  void Finish(std::string bytes) {
    // Through the queue even where nothing is left to send, so that it comes after the rest.
    connection_->Queue(std::move(bytes), [self = connection_] { self->EndTurn(); });
    Over();
  }

  void Over() {
    over_ = true;
    gone_ = nullptr;  // it holds the handler, which holds this
    connection_->service_.finished(record_, status_, bytes_, absl::Now() - begun_);
  }

  const std::shared_ptr<Connection> connection_;
  const Request request_;
  const absl::Time begun_;
  Record record_;
  std::function<void()> gone_;
  int status_ = 0;
  size_t bytes_ = 0;
  bool chunked_ = false;
  bool over_ = false;
};

Connection::Connection(boost::asio::io_context& thread, std::unique_ptr<Transport> transport,
                       const Service& service, std::string client, bool secure)
    : thread_(thread), transport_(std::move(transport)), service_(service),
      client_(std::move(client)), secure_(secure), timer_(thread) {}

Connection::~Connection() = default;

void Connection::Start() {
  Arm(service_.header_time);
  transport_->Handshake([self = shared_from_this()](bool ok) {
    if (self->state_ == State::kClosed) return;
    if (ok) self->AwaitRequest(); else self->Close();
  });
}

void Connection::Retire() {
  last_ = true;
  if (state_ == State::kIdle) Close();
}

void Connection::Close() {
  if (state_ == State::kClosed) return;
  state_ = State::kClosed;
  Disarm();
  transport_->Close();
  out_.clear();
  if (const auto turn = std::move(turn_)) turn->Gone();
  if (auto closed = std::move(closed_)) closed();
}

void Connection::AwaitRequest() {
  if (last_) return Linger();
  state_ = State::kIdle;
  in_body_ = false;
  reader_.emplace(service_.limits);
  Arm(service_.idle_time);
  if (buffer_.empty()) Read(); else Parse();
}

void Connection::Read() {
  // The watch over an answer may still be under way; it then reads the next request's beginning.
  if (reading_) return;
  reading_ = true;
  transport_->ReadSome(buffer_, [self = shared_from_this()](bool ok) { self->OnRead(ok); });
}

void Connection::OnRead(bool ok) {
  reading_ = false;
  if (state_ == State::kClosed) return;
  if (!ok) return Close();
  if (state_ == State::kAnswering) return;  // an early next request waits, unread beyond this
  if (state_ == State::kLingering) {
    lingered_ += buffer_.size();
    buffer_.clear();
    if (lingered_ > kMaxLinger) return Close();
    return Read();
  }
  Parse();
}

void Connection::Parse() {
  if (state_ == State::kIdle) {
    state_ = State::kReading;
    Arm(service_.header_time);
  }
  switch (reader_->Feed(buffer_)) {
    case RequestReader::State::kHead:
      return Read();
    case RequestReader::State::kBody:
      if (!in_body_) {
        in_body_ = true;
        Arm(service_.body_time);
        if (reader_->ExpectsContinue()) {
          out_.emplace_back("HTTP/1.1 100 Continue\r\n\r\n", nullptr);
          WriteNext();
        }
      }
      return Read();
    case RequestReader::State::kDone:
      return BeginTurn(false);
    case RequestReader::State::kRefused:
      return BeginTurn(true);
  }
}

void Connection::BeginTurn(bool refused) {
  state_ = State::kAnswering;
  Disarm();
  Request request = reader_->Take();
  request.client = client_;
  request.secure = secure_;
  turn_ = std::make_shared<Turn>(shared_from_this(), std::move(request));
  const std::shared_ptr<Turn> turn = turn_;
  if (refused) {
    last_ = true;
    service_.refuse(turn, reader_->refusal());
    return;
  }
  if (buffer_.empty()) Read();
  service_.handle(turn);
}

void Connection::Queue(std::string bytes, std::function<void()> written) {
  out_.emplace_back(std::move(bytes), std::move(written));
  if (out_.size() == 1) WriteNext();
}

void Connection::WriteNext() {
  if (state_ == State::kAnswering) Arm(service_.write_time);
  transport_->Write(out_.front().first, [self = shared_from_this()](bool ok) {
    if (self->state_ == State::kClosed) return;
    if (!ok) return self->Close();
    const std::function<void()> written = std::move(self->out_.front().second);
    self->out_.pop_front();
    if (self->state_ == State::kAnswering) self->Disarm();
    if (!self->out_.empty()) self->WriteNext();
    if (written) written();
  });
}

void Connection::EndTurn() {
  turn_ = nullptr;
  AwaitRequest();
}

// Ends so that the client still reads the answer: a socket closed with unread bytes would reset it.
void Connection::Linger() {
  state_ = State::kLingering;
  Arm(kLingerTime);
  lingered_ = buffer_.size();
  buffer_.clear();
  transport_->EndWriting([](bool) {});
  Read();
}

void Connection::Arm(absl::Duration after) {
  timer_.expires_after(absl::ToChronoNanoseconds(after));
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (error || self == nullptr) return;
    // A timer that was set anew just as it fired.
    if (self->timer_.expiry() > std::chrono::steady_clock::now()) return;
    self->Close();
  });
}

void Connection::Disarm() {
  timer_.expires_at(boost::asio::steady_timer::time_point::max());
}

}  // namespace reprise::gateway
