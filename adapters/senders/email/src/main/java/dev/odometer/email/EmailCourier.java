package dev.odometer.email;

import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Courier;
import dev.odometer.metering.notification.Target;
import dev.odometer.metering.notification.Target.Email;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends notifications to mailboxes, by way of one server. */
final class EmailCourier implements Courier {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** More than wait: one that the server holds up ends by the time-outs of its steps. */
    private static final int MAX_THREADS = 256;

    private final @Nullable EmailSettings settings;
    private final Duration timeBudget;
    private @Nullable ExecutorService threads;

    /** @param settings absent where e-mail is not set up */
    EmailCourier(@Nullable EmailSettings settings) {
        this(settings, PATIENCE);
    }

    EmailCourier(@Nullable EmailSettings settings, Duration timeBudget) {
        this.settings = settings;
        this.timeBudget = timeBudget;
    }

    /**
     * What the server said.
     *
     * @param code its reply code; absent when there was none
     */
    record Answer(boolean succeeded, @Nullable Integer code, String text, Then then) {

        static Answer none(String why) {
            return new Answer(false, null, why, Then.AGAIN);
        }
    }

    @Override
    public boolean knows(Target target) {
        return settings != null && target instanceof Email;
    }

    @Override
    public Outcome deliver(OutboundMessage outbound) {
        long start = System.nanoTime();
        Email email = (Email) outbound.channel().target();
        Answer answer = answer(outbound, email);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        String mailboxes = String.join(", ", email.to());
        return new Outcome(
                new Attempt(answer.succeeded, outbound.at(), answer.code, answer.text, took, mailboxes),
                answer.then,
                null);
    }

    private Answer answer(OutboundMessage outbound, Email email) {
        EmailSettings known = Objects.requireNonNull(settings, "only who knows the way is asked");
        Future<Answer> answer = threads().submit(() -> new MailBatch(known, outbound, email).send());
        try {
            return answer.get(timeBudget.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            answer.cancel(true);
            return Answer.none("no answer within " + timeBudget.toSeconds() + " s");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            return Answer.none("not sent: " + (cause == null ? failed : cause).getMessage());
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
            return Answer.none("the process is about to end");
        }
    }

    private synchronized ExecutorService threads() {
        if (threads == null) {
            threads = new ThreadPoolExecutor(
                    0, MAX_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), EmailCourier::thread);
        }
        return threads;
    }

    /** The library looks for its parts with the thread's class loader, which a platform's threads may not have. */
    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "email");
        thread.setDaemon(true);
        thread.setContextClassLoader(EmailCourier.class.getClassLoader());
        return thread;
    }
}
