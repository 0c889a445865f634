package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.JobActivity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Hands the totals of a savepoint that has one for each pair, keyed by pair, to the counter of
 * rows, just before the first checkpoint barrier; changes pass through.
 */
final class TotalsByPair extends AbstractStreamOperator<RowChange>
    implements OneInputStreamOperator<PairChange, RowChange> {
  /*
   * Rows lie on other subtasks than their pairs did, so that totals must travel. They leave state
   * as they are sent: the first checkpoint holds them in the rows, and a failure before it restores
   * the savepoint again.
   */

  private static final String STATE = "total";

  private transient JobActivity activity;
  private transient boolean sent;
  private transient ValueState<Long> total;

  @Override
  public void open() throws Exception {
    super.open();
    activity = JobActivity.of(getRuntimeContext());
    sent = false;
    total =
        getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, LongSerializer.INSTANCE));
  }

  @Override
  public void processElement(StreamRecord<PairChange> element) {
    activity.add(); // pairs of an erasure come long after its record
    output.collect(new StreamRecord<>(RowChange.of(element.getValue())));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    send();
  }

  @Override
  public void finish() throws Exception {
    send();
    super.finish();
  }

  private void send() throws Exception {
    if (sent) {
      return;
    }
    sent = true;
    List<String> keys = new ArrayList<>();
    try (Stream<String> all =
        this.<String>getKeyedStateBackend().getKeys(STATE, VoidNamespace.INSTANCE)) {
      all.forEach(keys::add);
    }
    for (String key : keys) {
      setCurrentKey(key);
      RowChange change = RowChange.of(new PairChange(key, total.value()));
      output.collect(new StreamRecord<>(new RowChange(change.row(), change.counts(), 0, true)));
      total.clear();
    }
  }
}
