package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.odometer.conformance.aws.Gateway;
import dev.odometer.door.http.HttpReply;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Runs the cases in AWS's own runtime, through all event formats of its gateways, on PostgreSQL. Replies are as
 * documented and equal those of the local server byte for byte. The runtime client has native code for Linux only.
 */
@EnabledOnOs(OS.LINUX)
class CasesLambdaIT {

    @Nested
    class ThroughARestApi extends Through {
        ThroughARestApi() {
            super("REST API");
        }
    }

    @Nested
    class ThroughAnHttpApi extends Through {
        ThroughAnHttpApi() {
            super("HTTP API");
        }
    }

    @Nested
    class ThroughAFunctionUrl extends Through {
        ThroughAFunctionUrl() {
            super("Function URL");
        }
    }

    @Nested
    class ThroughALoadBalancer extends Through {
        ThroughALoadBalancer() {
            super("ALB");
        }

        /** Of a repeated parameter, it passes the last value only; see docs/platforms.md. */
        @Override
        HttpReply answer(Sent sent) throws Exception {
            List<String> names = Stream.of(
                            sent.target().replaceFirst("[^?]*\\??", "").split("&"))
                    .map(pair -> pair.replaceFirst("=.*", ""))
                    .toList();
            assumeTrue(names.stream().distinct().count() == names.size(), "a parameter is repeated");
            return super.answer(sent);
        }
    }

    @Nested
    class ThroughALoadBalancerWithAllValues extends Through {
        ThroughALoadBalancerWithAllValues() {
            super("ALB, multi-value");
        }
    }

    abstract static class Through extends CasesContract {

        private final Gateway gateway;

        Through(String name) {
            gateway = Gateway.all().stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        Instant now() {
            return LocalTwin.NOW;
        }

        @Override
        HttpReply answer(Sent sent) throws Exception {
            return LambdaDoor.behind(gateway).send(CasesInMemoryTest.request(sent));
        }

        @Override
        void compare(String step, HttpReply reply, Case.Run run) {
            assertThat(LocalTwin.comparable(reply, run)).isEqualTo(LocalTwin.reply(step));
        }
    }
}
