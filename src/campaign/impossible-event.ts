/** An event that contradicts the events before it. The message continues "this event". */
export class ImpossibleEvent extends RangeError {
  override readonly name = 'ImpossibleEvent';
}
