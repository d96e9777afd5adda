package dev.odometer.conformance.simulation;

/** What can go wrong in a simulated run. Each kind has its own probability in a {@link Plan}. */
enum Fault {
    /** The store refuses a call without an effect. */
    REFUSED_CALL,
    /** A call of the store has its effect, but its acknowledgement is lost. */
    LOST_ACKNOWLEDGEMENT,
    /** The store is silent until the timeout of the call, which may have had its effect. */
    SILENT_STORE,
    /** A call takes long. */
    SLOW_STORE,
    /** A process is killed before the effect of a call. */
    CRASH_BEFORE_EFFECT,
    /** A process is killed between the effect of a call and its answer. */
    CRASH_AFTER_EFFECT,
    /** The work of a tick is done, but the tick is not recorded. */
    LOST_RECORD,
    /** A request, message or acknowledgement is lost on the network. */
    LOST_PACKET,
    /** A request arrives a second time, up to half a minute later. */
    DUPLICATE,
    /** The receiver of notifications fails or does not answer. */
    RECEIVER_DOWN,
    /** A clock jumps by two minutes, to the year 2036 or to 1970, and is corrected when the faults end. */
    WRONG_CLOCK
}
