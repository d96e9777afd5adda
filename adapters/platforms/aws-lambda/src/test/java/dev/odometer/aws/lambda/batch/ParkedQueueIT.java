package dev.odometer.aws.lambda.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.aws.lambda.EventKind;
import dev.odometer.aws.lambda.deadletter.LocalQueues;
import dev.odometer.functions.binding.Deadline;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

class ParkedQueueIT {

    @Test
    void takesPoisonInsteadOfTheDatabaseWhereItIsSet() {
        Lab.WORLD.forget();
        try (var queues = LocalQueues.start()) {
            String url = queues.queue("parked");
            List<EventKind> kinds = Lab.start(
                    Probes.class,
                    "odometer.aws.channels.batch=batch",
                    "odometer.aws.parked-queue-url=" + url,
                    "odometer.aws.sqs-endpoint=" + queues.endpoint());

            String answer = Lab.send(kinds, Sent.records(List.of(Sent.sqs("batch", "m1", "nonsense"))), Deadline.NONE);

            assertThat(answer).isEqualTo(Lab.failures());
            assertThat(queues.received(url)).extracting(Message::body).containsExactly("nonsense");
            assertThat(Lab.WORLD.parked).isEmpty();
        }
    }
}
