package dev.odometer.postgres.pricing;

import static dev.odometer.metering.pricing.PlanExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.pricing.PlansContract;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresPlansIT extends PlansContract {

    @Override
    protected Plans empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).plans();
    }

    private static Plans withAnArchivedVersion() {
        Plans plans = TestDatabase.emptyStore(Clock.systemUTC()).plans();
        plans.publish(plans.add(PlanExamples.draft("p1", "pro")), NOW);
        plans.archive("p1", NOW.plusSeconds(1));
        return plans;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update plan set phases = '{}'",
                "update plan set currency = 'EUR'",
                "update plan set effective_from = null, effective_to = null",
                "update plan set effective_to = null",
                "update plan set version = 2",
                "delete from plan"
            })
    void theDatabaseRefusesAChangeOfAPublishedVersion(String sql) {
        Plans plans = withAnArchivedVersion();
        var before = plans.find("p1");

        assertThatThrownBy(() -> TestDatabase.run(sql))
                .hasMessageContaining("a published version of a plan does not change: p1");

        assertThat(plans.find("p1")).isEqualTo(before);
    }

    @Test
    void theDatabaseRefusesASecondActiveVersion() {
        Plans plans = TestDatabase.emptyStore(Clock.systemUTC()).plans();
        plans.publish(plans.add(PlanExamples.draft("p1", "pro")), NOW);
        plans.add(PlanExamples.draft("p2", "pro"));

        assertThatThrownBy(() -> TestDatabase.run("update plan set effective_from = 1 where id = 'p2'"))
                .hasMessageContaining("plan_has_one_active_version");
    }
}
