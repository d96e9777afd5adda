package dev.odometer.aws.lambda;

import dev.odometer.aws.lambda.event.EventKinds;
import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.http.HttpDoor;
import org.crac.Context;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;

/**
 * The warm-up before SnapStart takes a snapshot of the started application: runs all code once without effect.
 * Afterwards Spring stops the beans with a lifecycle, which closes connections: CRaC calls its resources in the reverse
 * order of registration, and Spring's was registered first. After a restore, connections are opened when they are
 * needed.
 */
final class Snapshot implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

    private final ApplicationContext application;

    Snapshot(ApplicationContext application) {
        this.application = application;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        try {
            application.getBean(EventKinds.class).warmUp();
            application.getBean(HttpDoor.class).warmUp();
            application.getBean(BatchDoor.class).warmUp();
        } catch (RuntimeException unexpected) {
            LOG.warn("The warm-up failed; the snapshot is taken without it", unexpected);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Nothing to do: connections are opened when they are needed.
    }
}
