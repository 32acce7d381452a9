// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/survival/distribution.h"

#include <boost/math/special_functions/gamma.hpp>

namespace reprise::survival {
namespace {

namespace policies = boost::math::policies;
// Nothing may be thrown: an underflow is 0, anything outside the domain NaN, which never leaves.
using Quiet = policies::policy<policies::domain_error<policies::ignore_error>,
                               policies::pole_error<policies::ignore_error>,
                               policies::overflow_error<policies::ignore_error>,
                               policies::evaluation_error<policies::ignore_error>>;

}  // namespace

double ChiSquareTail(double x, int df) { return boost::math::gamma_q(df / 2.0, x / 2, Quiet()); }

}  // namespace reprise::survival
